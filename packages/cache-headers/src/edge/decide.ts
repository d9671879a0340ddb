import { hasHashedName } from "cf-site-files/has-hashed-name";
import type { EventHeaders } from "cf-types";
import type { ReadyCacheHeaders, ReadyCacheRule } from "./ready-cache-headers.ts";

/** A response of an origin, as far as its lifetime depends on it. */
export interface DecidedResponse {
  readonly method: string;
  /** The path that went to the origin. */
  readonly uri: string;
  /** Three digits. */
  readonly status: string;
  readonly headers: Readonly<EventHeaders>;
  /** Whether the request said who the viewer is. */
  readonly isAuthorized: boolean;
}

/** What becomes of the Cache-Control of a response. */
export type CacheDecision =
  /** No rule is for it: a method that is not cached, or a response that none matches. */
  | { readonly kind: "none" }
  /** A rule is for it, but what the origin says stays. */
  | { readonly kind: "kept"; readonly rule: number; readonly because: "own" | "private" }
  | { readonly kind: "set"; readonly rule: number; readonly cacheControl: string };

const narrower = {
  private: /(?:^|[,\s])(?:private|no-store)(?:$|[,\s=])/i,
  "no-store": /(?:^|[,\s])no-store(?:$|[,\s=])/i,
};

/** Returns what becomes of the Cache-Control of a response. */
export function decide(ready: ReadyCacheHeaders, response: DecidedResponse): CacheDecision {
  // Others are never cached (LE-A-45).
  if (response.method !== "GET" && response.method !== "HEAD") return { kind: "none" };
  const index = ready.rules.findIndex((rule) => isFor(rule, response));
  const rule = ready.rules[index];
  if (rule === undefined) return { kind: "none" };
  const { headers } = response;
  if (rule.keepsOwn && (headers["cache-control"] || headers["expires"])) {
    return { kind: "kept", rule: index, because: "own" };
  }
  if (rule.guards && isNarrower(rule.guards, response)) {
    return { kind: "kept", rule: index, because: "private" };
  }
  return { kind: "set", rule: index, cacheControl: rule.cacheControl };
}

function isFor(rule: ReadyCacheRule, { uri, status, headers }: DecidedResponse): boolean {
  if (!rule.status.test(status) || (rule.path && !rule.path.test(uri))) return false;
  if (rule.hashedNames && !hasHashedName(uri)) return false;
  if (!rule.type) return true;
  const type = headers["content-type"]?.[0]?.value;
  return type === undefined ? !!rule.typePath?.test(uri) : rule.type.test(type);
}

/** Whether a response is for fewer than a rule would have it. */
function isNarrower(
  guards: keyof typeof narrower,
  { headers, isAuthorized }: DecidedResponse,
): boolean {
  if (guards === "private" && (isAuthorized || headers["set-cookie"])) return true;
  return !!headers["cache-control"]?.some(({ value }) => narrower[guards].test(value));
}
