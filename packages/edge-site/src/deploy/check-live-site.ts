import { once } from "node:events";
import { get as getByHttp, type IncomingMessage } from "node:http";
import { get as getByHttps } from "node:https";
import { LocalCloudFront } from "local-cloudfront";
import type { LiveCheckConfig } from "../config/edge-config.ts";
import { EdgeSiteError } from "../edge-site-error.ts";

/** How patient the check is: the name of a new distribution takes a while to be known everywhere. */
export interface Patience {
  readonly attempts: number;
  readonly everySeconds: number;
  readonly sleep: (seconds: number) => Promise<unknown>;
}

/**
 * Asks the site what it is expected to respond with, as the assembly is run on this machine: what fails here ends the deploy
 * before it changes anything.
 *
 * @param assembly The stage's cloud assembly.
 * @throws {EdgeSiteError} `LIVE_CHECK_FAILED` with each difference, or with the reason why the site does not start.
 */
export async function checkSiteLocally(
  assembly: string,
  checks: readonly LiveCheckConfig[],
): Promise<void> {
  const cloudFront = await startedLocally(assembly);
  try {
    const differences = await differencesOf(cloudFront.url, checks);
    if (differences.length === 0) return;
    throw new EdgeSiteError(
      "LIVE_CHECK_FAILED",
      `Run on this machine, the site does not respond as liveChecks in edge.config.ts expect, and nothing is deployed: ${differences.join("; ")}. Correct liveChecks, or what they ask for; "npx edge-site start" shows it.`,
    );
  } finally {
    await cloudFront.close();
  }
}

async function startedLocally(assembly: string): Promise<LocalCloudFront> {
  try {
    return await LocalCloudFront.start({ assembly, port: 0 });
  } catch (cause) {
    throw new EdgeSiteError(
      "LIVE_CHECK_FAILED",
      `The site does not start on this machine, and nothing is deployed: ${reasonOf(cause)}`,
      { cause },
    );
  }
}

/**
 * Asks the live site what it is expected to respond with.
 *
 * @param url As in `https://d111111abcdef8.cloudfront.net`.
 * @throws {EdgeSiteError} `LIVE_CHECK_FAILED` with each difference, when they last.
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
  throw new EdgeSiteError(
    "LIVE_CHECK_FAILED",
    `The site is deployed, but ${url} does not respond as liveChecks in edge.config.ts expect: ${differences.join("; ")}. Look at the function's logs with "aws logs tail" in the region near you, or correct liveChecks, then run the command again.`,
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
    const response = await responseTo(`${url}${uri}`);
    const statusDifference =
      response.statusCode === status
        ? []
        : [`${uri} has status ${response.statusCode}, not ${status}`];
    const headerDifferences = Object.entries(headers)
      .filter(([name, value]) => !isAs(valueOf(response, name), value))
      .map(
        ([name, value]) =>
          `${uri} has ${name} ${JSON.stringify(valueOf(response, name))}, not ${JSON.stringify(value)}`,
      );
    return [...statusDifference, ...headerDifferences];
  } catch (error) {
    return [`${uri} cannot be reached: ${reasonOf(error)}`];
  }
}

/** What Chromium takes; the fetch of Node.js ends at 16 KiB, which a long policy exceeds. */
const maxHeaderBytes = 256 * 1024;

/** The head of a response; a redirect is not followed. */
async function responseTo(url: string): Promise<IncomingMessage> {
  const get = url.startsWith("https:") ? getByHttps : getByHttp;
  const request = get(url, { maxHeaderSize: maxHeaderBytes, agent: false });
  const [response] = (await once(request, "response")) as [IncomingMessage];
  response.destroy();
  return response;
}

function valueOf({ headersDistinct }: IncomingMessage, name: string): string | null {
  return headersDistinct[name.toLowerCase()]?.join(", ") ?? null;
}

function isAs(actual: string | null, expected: string): boolean {
  return expected === "*" ? actual !== null : actual === expected;
}

function reasonOf(error: unknown): string {
  // Where a name has several addresses, the failures at each of them come without a message of their own.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join(", ");
  return error instanceof Error ? error.message : String(error);
}
