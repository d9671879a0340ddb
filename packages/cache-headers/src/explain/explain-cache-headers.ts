import type { EventHeaders } from "cf-types";
import { changedHeaders } from "../edge/cache-headers.ts";
import type { CompiledCacheHeaders } from "../edge/compiled-cache-headers.ts";
import { type CacheDecision, decide, type DecidedResponse } from "../edge/decide.ts";
import { readyCacheHeaders } from "../edge/ready-cache-headers.ts";

/** A response of an origin: a path alone stands for a page that says nothing of its lifetime. */
export type CacheResponse =
  | string
  | {
      /** The path that goes to the origin. */
      readonly uri: string;
      /** @default "GET" */
      readonly method?: string;
      /** @default "200" */
      readonly status?: string;
      /**
       * By lower-case name.
       * @default {}
       */
      readonly headers?: Readonly<EventHeaders>;
      /**
       * Whether the request has an Authorization header.
       * @default false
       */
      readonly isAuthorized?: boolean;
    };

/** Which rule decides how long a response is kept, why, and what becomes of its headers. */
export interface CacheHeadersExplanation {
  /** The option, as in `rules[0]` or `pages`; `none` where none is for the response. */
  readonly rule: string;
  /** One sentence. */
  readonly reason: string;
  readonly result: {
    /** The headers that the response is cached with. */
    readonly headers: EventHeaders;
    /** Lower-case names of those that it loses. */
    readonly removed: readonly string[];
  };
}

/** Returns what the handler does to a response, without doing it, and why. */
export function explainCacheHeaders(
  compiled: CompiledCacheHeaders,
  response: CacheResponse,
): CacheHeadersExplanation {
  const ready = readyCacheHeaders(compiled);
  const decided = decidedResponse(response);
  const { headers, uri } = decided;
  const decision = decide(ready, decided);
  const changed = changedHeaders(ready, { ...headers }, { decision, uri });
  const { name = "none" } = (decision.kind !== "none" && compiled.rules[decision.rule]) || {};
  return {
    rule: name,
    reason: reasonOf(decision, decided, name),
    result: {
      headers: changed,
      removed: Object.keys(headers).filter((each) => !Object.hasOwn(changed, each)),
    },
  };
}

function decidedResponse(response: CacheResponse): DecidedResponse {
  const given =
    typeof response === "string"
      ? {
          uri: response,
          headers: { "content-type": [{ key: "Content-Type", value: "text/html" }] },
        }
      : response;
  return { method: "GET", status: "200", headers: {}, isAuthorized: false, ...given };
}

function reasonOf(
  decision: CacheDecision,
  { method, status, uri }: DecidedResponse,
  name: string,
): string {
  if (decision.kind === "set") {
    return `The response is one of ${name}: ${JSON.stringify(decision.cacheControl)}.`;
  }
  if (decision.kind === "kept") {
    return decision.because === "own"
      ? `The origin says itself how long it is kept, and ${name} gives way to that.`
      : `The origin keeps it to one viewer, or it sets a cookie, or the request has an Authorization header: ${name} does not share it without overridePrivate.`;
  }
  return method === "GET" || method === "HEAD"
    ? `No rule is for status ${status} of ${JSON.stringify(uri)}.`
    : `${method} is never cached: only GET and HEAD are.`;
}
