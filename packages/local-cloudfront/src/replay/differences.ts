import { count, emptyFrequent, type Frequent } from "./frequent.ts";
import type { Masking } from "./masking.ts";
import type { ReplayedRequest } from "./replayed-request.ts";

/** An example of a difference: what a path had on one side, and what on the other; undefined for nothing. */
export interface Example {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** What differs between two distributions so far. Plain data, which a state file can hold. */
export interface Differences {
  /** Requests of which anything differs. */
  requests: number;
  readonly status: Frequent;
  readonly redirects: Frequent;
  readonly rewrites: Frequent;
  /** By lower-case name. */
  readonly headers: Map<string, Frequent>;
}

export function emptyDifferences(): Differences {
  return {
    requests: 0,
    status: emptyFrequent(),
    redirects: emptyFrequent(),
    rewrites: emptyFrequent(),
    headers: new Map(),
  };
}

/**
 * Headers that are another with each response, that other parts of the report cover, or that the replay itself makes:
 * the size and the validator are those of the line that has filled a cache.
 */
const ownOfEachResponse: ReadonlySet<string> = new Set([
  "age",
  "content-length",
  "date",
  "etag",
  "location",
  "server-timing",
  "via",
  "x-amz-cf-id",
  "x-cache",
]);

/** More names are made by functions that name headers after what they are sent. */
const maxHeaderNames = 100;

/** Counts what differs between two responses to a request. */
export function compare(
  differences: Differences,
  uri: string,
  [a, b]: readonly [ReplayedRequest, ReplayedRequest],
  weight: number,
  masking: Masking,
): void {
  let differs = false;
  let maskedUri: string | undefined;
  const path = (): string => (maskedUri ??= masking.text(uri));
  const differ = (frequent: Frequent, before: string | undefined, after: string | undefined) => {
    differs = true;
    count(frequent, JSON.stringify({ path: path(), before, after } satisfies Example), weight);
  };
  if (a.status !== b.status) differ(differences.status, String(a.status), String(b.status));
  if (a.location !== b.location) {
    differ(differences.redirects, textOf(a.location, masking), textOf(b.location, masking));
  }
  const [before, after] = rewrittenUris(a, b);
  if (before !== undefined && after !== undefined && before !== after) {
    differ(differences.rewrites, masking.text(before), masking.text(after));
  }
  for (const name of new Set([...Object.keys(a.headers), ...Object.keys(b.headers)])) {
    if (ownOfEachResponse.has(name)) continue;
    if (linesOf(a, name) === linesOf(b, name)) continue;
    const frequent = differences.headers.get(name) ?? emptyFrequent();
    if (differences.headers.size < maxHeaderNames) differences.headers.set(name, frequent);
    const [from, to] = [a, b].map(({ headers }) =>
      headers[name]?.map(({ value }) => masking.header(name, value)).join(", "),
    );
    differs = true;
    // Most headers are the same with all paths: what is frequent is a change of the value.
    count(frequent, JSON.stringify({ before: from, after: to }), weight, path());
  }
  if (differs) differences.requests += weight;
}

/** The origin's URI says more, where both origins were asked: origin-request has run on both sides. */
function rewrittenUris(
  a: ReplayedRequest,
  b: ReplayedRequest,
): readonly [string | undefined, string | undefined] {
  if (a.originUri !== undefined && b.originUri !== undefined) return [a.originUri, b.originUri];
  return [a.uri, b.uri];
}

function linesOf({ headers }: ReplayedRequest, name: string): string | undefined {
  return headers[name]?.map(({ value }) => value).join("\n");
}

function textOf(value: string | undefined, masking: Masking): string | undefined {
  return value === undefined ? undefined : masking.text(value);
}
