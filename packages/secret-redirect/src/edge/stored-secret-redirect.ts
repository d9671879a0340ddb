import type {
  CloudFrontFunctionEventRequest,
  CloudFrontFunctionResponse,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerRequestResult,
} from "cf-types";
import { cloudFrontEngine, resultOf } from "./cloudfront-secret-redirect.ts";
import { type DecidedRedirect, decide, type RedirectTable } from "./decide.ts";
import { normalisePath } from "edge-handler";

/** The index that each rule of a table has in the order of all options. Absent: nothing is logged. */
interface RuleIndexes {
  readonly indexes?: readonly number[];
}

/** The options as they are in the code of a CloudFront Function whose other rules are in a key value store. */
export interface StoredSecretRedirect extends RedirectTable, RuleIndexes {
  /** How many of the redirects are logged, from 0 to 1. */
  readonly logSampleRate: number;
  /** The places of the rules in the code among all patterns. Absent: the store has no patterns. */
  readonly places?: readonly number[];
  /** How many segments of text patterns in the store begin with. Absent: the store has none. */
  readonly depths?: readonly number[];
}

/** Some rules, as the store has them. Nothing of them is in the code, so that either changes alone. */
export interface StoredRedirects extends RedirectTable, RuleIndexes {
  /** The places of the rules among all patterns: between two of them for a rule that is none. */
  readonly places: readonly number[];
}

/** The module `cloudfront`, which is in front of the bundle. */
declare const cf: {
  kvs(): { get(key: string, options: { format: "json" }): Promise<StoredRedirects> };
};

/**
 * Returns the handler of `createSecretRedirect` for CloudFront Functions, with rules in the function's key value
 * store: the same decision, with one read for each request, and one more for each of `depths`.
 */
export function createStoredSecretRedirect(
  options: StoredSecretRedirect,
): (event: CloudFrontFunctionViewerRequestEvent) => Promise<CloudFrontFunctionViewerRequestResult> {
  return (event) => {
    const request = event.request;
    const path = normalisePath(request.uri);
    const segments = storeKey(path).split("/");
    const keys = (options.depths || [])
      .filter((depth) => depth < segments.length)
      .map((depth) => patternKey(segments.slice(0, depth + 1).join("/")));
    return storedTables([storeKey(path)].concat(keys)).then((tables) =>
      resultOf(firstDecision(options, tables, request), request, options.logSampleRate),
    );
  };
}

/**
 * Returns the key under which the store has the rules for a path.
 *
 * @param path Normalised.
 */
export function storeKey(path: string): string {
  return path.replace(/(.)\/$/, "$1");
}

/** Returns the key under which the store has the patterns that begin with a path: no path is that key. */
export function patternKey(path: string): string {
  return `*${path}`;
}

/** One after the other: reads at once are no quicker (FN-I-41). */
function storedTables(keys: readonly string[]): Promise<readonly StoredRedirects[]> {
  const store = cf.kvs();
  return keys.reduce(
    (read, key) =>
      read.then((tables) =>
        store
          .get(key, { format: "json" })
          .then((table) => tables.concat([table]))
          // FN-I-48: so the store says that it has no such key.
          .catch(() => tables),
      ),
    Promise.resolve([] as StoredRedirects[]),
  );
}

type Decided = DecidedRedirect<CloudFrontFunctionResponse> | undefined;

/** The first rule decides, of the code's and the store's in the order of the options. */
function firstDecision(
  options: StoredSecretRedirect,
  stored: readonly StoredRedirects[],
  request: CloudFrontFunctionEventRequest,
): Decided {
  let first: Decided;
  let firstPlace = Infinity;
  const consider = (table: RedirectTable & RuleIndexes & { places?: readonly number[] }): void => {
    const decided = decide(table, request, cloudFrontEngine());
    if (!decided) return;
    const rule = decided.rule;
    const place = table.places ? (table.places[rule] as number) : rule;
    if (place >= firstPlace) return;
    firstPlace = place;
    const index = table.indexes ? (table.indexes[rule] as number) : rule;
    first = { rule: index, response: decided.response };
  };
  consider(options);
  stored.forEach(consider);
  return first;
}
