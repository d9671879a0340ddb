import type { LiveCheckConfig } from "../config/edge-config.ts";
import { InfraError } from "../infra-error.ts";

/** How patient the check is: the name of a new distribution takes a while to be known everywhere. */
export interface Patience {
  readonly attempts: number;
  readonly everySeconds: number;
  readonly sleep: (seconds: number) => Promise<unknown>;
}

/**
 * Asks the live site what it is expected to answer.
 *
 * @param url As in `https://d111111abcdef8.cloudfront.net`.
 * @throws {InfraError} `LIVE_CHECK_FAILED` with each difference, when they last.
 */
export async function checkLiveSite(
  url: string,
  checks: readonly LiveCheckConfig[],
  { attempts, everySeconds, sleep }: Patience,
): Promise<void> {
  let differences = await differencesOf(url, checks);
  for (let attempt = 1; differences.length > 0 && attempt < attempts; attempt += 1) {
    await sleep(everySeconds);
    differences = await differencesOf(url, checks);
  }
  if (differences.length === 0) return;
  throw new InfraError(
    "LIVE_CHECK_FAILED",
    `The site is deployed, but ${url} does not answer as liveChecks in edge.config.ts expect: ${differences.join("; ")}. Look at the function's logs with "aws logs tail" in the region near you, or correct liveChecks, then run the command again.`,
  );
}

async function differencesOf(
  url: string,
  checks: readonly LiveCheckConfig[],
): Promise<readonly string[]> {
  const differences = await Promise.all(checks.map((check) => differenceOf(url, check)));
  return differences.flat();
}

async function differenceOf(
  url: string,
  { uri, status, headers = {} }: LiveCheckConfig,
): Promise<readonly string[]> {
  try {
    const response = await fetch(`${url}${uri}`, { redirect: "manual" });
    await response.body?.cancel();
    const statusDifference =
      response.status === status ? [] : [`${uri} has status ${response.status}, not ${status}`];
    const headerDifferences = Object.entries(headers)
      .filter(([name, value]) => !isAs(response.headers.get(name), value))
      .map(
        ([name, value]) =>
          `${uri} has ${name} ${JSON.stringify(response.headers.get(name))}, not ${JSON.stringify(value)}`,
      );
    return [...statusDifference, ...headerDifferences];
  } catch (error) {
    return [`${uri} cannot be reached: ${reasonOf(error)}`];
  }
}

function isAs(actual: string | null, expected: string): boolean {
  return expected === "*" ? actual !== null : actual === expected;
}

function reasonOf(error: unknown): string {
  const cause = error instanceof Error ? (error.cause ?? error) : error;
  return cause instanceof Error ? cause.message : String(cause);
}
