/** What a check has found. */
export interface CheckResult {
  /** `unknown` when AWS does not say, which keeps nobody from deploying. */
  readonly verdict: "good" | "bad" | "unknown";
  /** As in `account 111122223333`. */
  readonly finding: string;
  /** What helps; none where nothing has to be done. */
  readonly remedy?: string;
}

/** Returns a result with which a deploy can go on. */
export function good(finding: string): CheckResult {
  return { verdict: "good", finding };
}

/** Returns a result that a deploy would end at. */
export function bad(finding: string, remedy: string): CheckResult {
  return { verdict: "bad", finding, remedy };
}

/** Returns a result that could not be had, or that nobody has confirmed. */
export function unknown(finding: string, remedy: string): CheckResult {
  return { verdict: "unknown", finding, remedy };
}
