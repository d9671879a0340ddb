import type { EventHeaders } from "cf-types";
import type { CompiledSecurityHeaders, HeaderLines } from "./compiled-security-headers.ts";
import { changedHeaders, headerDecision } from "./header-decision.ts";

/** A response, as far as its security headers depend on it. */
export interface ResponseFacts {
  /** The path that goes to the cache, as in `/index.html`. */
  readonly uri: string;
  /** What the response has, by lower-case name. @default {} */
  readonly headers?: Readonly<EventHeaders>;
}

/** What is done to the headers of a response. */
export interface SecurityHeadersDecision {
  /** Set on the response, in place of what it has. */
  readonly set: HeaderLines;
  /** Lower-case names of those that are taken away. */
  readonly remove: readonly string[];
}

/** Returns what the handler does to a response, without doing it. */
export function decideSecurityHeaders(
  compiled: CompiledSecurityHeaders,
  { uri, headers = {} }: ResponseFacts,
): SecurityHeadersDecision {
  const changed = changedHeaders({ ...headers }, headerDecision(compiled)(uri, headers));
  return {
    set: Object.fromEntries(
      Object.entries(changed).filter(([name, lines]) => headers[name] !== lines),
    ),
    remove: Object.keys(headers).filter((name) => !Object.hasOwn(changed, name)),
  };
}
