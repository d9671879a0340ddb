/** The life of a Lambda runtime; days as in `2028-04-30`, undefined where AWS names none. */
export interface RuntimeDates {
  readonly deprecation: string | undefined;
  /** From then on no new function can use it. */
  readonly blockCreate: string | undefined;
  /** From then on functions that use it cannot be changed. */
  readonly blockUpdate: string | undefined;
}

function dates(deprecation?: string, blockCreate?: string, blockUpdate?: string): RuntimeDates {
  return { deprecation, blockCreate, blockUpdate };
}

/**
 * The runtimes that Lambda@Edge runs or ran. AWS has moved these dates repeatedly; they were read
 * on 2026-09-30 (LE-E-14 to LE-E-16).
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html
 */
export const lambdaEdgeRuntimes: Readonly<Record<string, RuntimeDates>> = {
  "nodejs24.x": dates("2028-04-30", "2028-06-01", "2028-07-01"),
  "nodejs22.x": dates("2027-04-30", "2027-06-01", "2027-07-01"),
  "nodejs20.x": dates("2026-04-30", "2027-02-01", "2027-03-03"),
  "nodejs18.x": dates("2025-09-01", "2027-02-01", "2027-03-03"),
  "nodejs16.x": dates("2024-06-12", "2027-02-01", "2027-03-03"),
  "nodejs14.x": dates(undefined, "2024-01-09"),
  "python3.14": dates("2029-06-30", "2029-07-31", "2029-08-31"),
  "python3.13": dates("2029-06-30", "2029-07-31", "2029-08-31"),
  "python3.12": dates("2028-10-31", "2028-11-30", "2029-01-10"),
  "python3.11": dates("2027-06-30", "2027-07-31", "2027-08-31"),
  "python3.10": dates("2026-10-31", "2027-02-01", "2027-03-03"),
  "python3.9": dates("2025-12-15", "2027-02-01", "2027-03-03"),
  "python3.8": dates("2024-10-14", "2027-02-01", "2027-03-03"),
  "python3.7": dates(undefined, "2024-01-09"),
};

/**
 * The runtimes of Node.js that functions have been seen to run on at the edge. Whether it takes newer ones, no page
 * of AWS says: Lambda alone runs them.
 */
export const confirmedRuntimes: readonly string[] = ["nodejs22.x", "nodejs20.x"];
