import type {
  CloudFrontFunctionEventRequest,
  CloudFrontFunctionResponse,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerRequestResult,
} from "cf-types";
import { cloudFrontEngine, resultOf } from "./cloudfront-secret-redirect.ts";
import { type DecidedRedirect, decide, type RedirectTable } from "./decide.ts";
import { normalisePath } from "./normalise-path.ts";

/** The index that each rule of a table has in the order of all options. Absent: nothing is logged. */
interface RuleIndexes {
  readonly indexes?: readonly number[];
}

/** The options as they stand in the code of a CloudFront Function whose other rules are in a key value store. */
export interface StoredSecretRedirect extends RedirectTable, RuleIndexes {
  /** How many of the redirects are logged, from 0 to 1. */
  readonly logSampleRate: number;
}

/** The rules of one path, as the store has them. Nothing of them is in the code, so that either changes alone. */
export interface StoredRedirects extends RedirectTable, RuleIndexes {
  /** For each of the rules, how many of those in the code come before it. */
  readonly after: readonly number[];
}

/** The module `cloudfront`, which stands in front of the bundle. */
declare const cf: {
  kvs(): { get(key: string, options: { format: "json" }): Promise<StoredRedirects> };
};

/**
 * Returns the handler of `createSecretRedirect` for CloudFront Functions, with the rules for single paths in the
 * function's key value store: the same decision, with one read for each request.
 */
export function createStoredSecretRedirect(
  options: StoredSecretRedirect,
): (event: CloudFrontFunctionViewerRequestEvent) => Promise<CloudFrontFunctionViewerRequestResult> {
  return (event) => {
    const request = event.request;
    return (
      cf
        .kvs()
        .get(storeKey(normalisePath(request.uri)), { format: "json" })
        // FN-I-48: so the store says that it has no such key.
        .catch(() => undefined)
        .then((stored) =>
          resultOf(firstDecision(options, stored, request), request, options.logSampleRate),
        )
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

type Decided = DecidedRedirect<CloudFrontFunctionResponse> | undefined;

/** The first rule decides, of the code's and the store's in the order of the options. */
function firstDecision(
  options: StoredSecretRedirect,
  stored: StoredRedirects | undefined,
  request: CloudFrontFunctionEventRequest,
): Decided {
  const inCode = decide(options, request, cloudFrontEngine());
  const inStore = stored && decide(stored, request, cloudFrontEngine());
  return inStore &&
    !(inCode && inCode.rule < ((stored as StoredRedirects).after[inStore.rule] as number))
    ? numbered(inStore, stored)
    : numbered(inCode, options);
}

function numbered(decided: Decided, table: RuleIndexes | undefined): Decided {
  if (!decided || !table || !table.indexes) return decided;
  return { rule: table.indexes[decided.rule] as number, response: decided.response };
}
