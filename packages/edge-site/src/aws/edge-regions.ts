import { awsErrorName, isRegionRefused } from "./aws-error.ts";

/** The regions that Lambda@Edge replicates functions to, and in which they write their logs (LE-F-19). */
export const edgeRegions: readonly string[] = [
  "ap-northeast-1",
  "ap-northeast-2",
  "ap-south-1",
  "ap-southeast-1",
  "ap-southeast-2",
  "eu-central-1",
  "eu-west-1",
  "eu-west-2",
  "sa-east-1",
  "us-east-1",
  "us-east-2",
  "us-west-1",
  "us-west-2",
];

/** What regions have responded, and which of them refuse the account. */
export interface RegionResults<Result> {
  readonly results: readonly Result[];
  /** With the reason, as in `sa-east-1 (AccessDenied)`. */
  readonly refused: readonly string[];
}

/** Asks regions at once. One that refuses the account does not stop the others. */
export async function inRegions<Result>(
  regions: readonly string[],
  ask: (region: string) => Promise<Result>,
): Promise<RegionResults<Result>> {
  const asked = await Promise.all(
    regions.map(async (region): Promise<RegionResults<Result>> => {
      try {
        return { results: [await ask(region)], refused: [] };
      } catch (error) {
        if (!isRegionRefused(error)) throw error;
        return { results: [], refused: [describeRefusal(region, error)] };
      }
    }),
  );
  return {
    results: asked.flatMap(({ results }) => results),
    refused: asked.flatMap(({ refused }) => refused),
  };
}

/** As in `sa-east-1 (AccessDenied)`. */
export function describeRefusal(region: string, error: unknown): string {
  return `${region} (${awsErrorName(error)})`;
}
