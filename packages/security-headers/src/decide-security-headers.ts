import type { EventHeaders } from "cf-types";
import type { CompiledSecurityHeaders, HeaderLines } from "./edge/compiled-security-headers.ts";
import { changedLines, decideOnLines, lambdaEdgeReady } from "./edge/security-headers.ts";

/** A response, as far as its security headers depend on it. */
export interface ResponseFacts {
  /** The path that goes to the cache, as in `/index.html`. */
  readonly uri: string;
  /** What the response has, by lower-case name. @default {} */
  readonly headers?: Readonly<EventHeaders>;
  /** @default "200" */
  readonly status?: string;
}

/** What is done to the headers of a response. */
export interface SecurityHeadersDecision {
  /** Set on the response, in place of what it has. */
  readonly set: HeaderLines;
  /** Lower-case names of those that are taken away. */
  readonly remove: readonly string[];
}

/** Why a response gets the headers that it gets. */
export interface SecurityHeadersExplanation {
  /** The path pattern that decided, or `default`. */
  readonly rule: string;
  readonly reason: string;
  readonly result: SecurityHeadersDecision;
}

/** A response that something else than the origin makes. */
export interface PlainHeadersOptions {
  /** @default "/" */
  readonly uri?: string;
  /** @default "text/html" */
  readonly contentType?: string;
}

/** Returns what the handler does to a response, without doing it. */
export function decideSecurityHeaders(
  compiled: CompiledSecurityHeaders,
  response: ResponseFacts,
): SecurityHeadersDecision {
  return explainSecurityHeaders(compiled, response).result;
}

/**
 * Returns which rule decides the headers of a response, why, and what is done.
 *
 * @param response A path alone stands for an HTML page with no headers of its own.
 */
export function explainSecurityHeaders(
  compiled: CompiledSecurityHeaders,
  response: string | ResponseFacts,
): SecurityHeadersExplanation {
  const {
    uri,
    headers = {},
    status = "200",
  }: ResponseFacts = typeof response === "string" ? { uri: response } : response;
  const decision = decideOnLines(lambdaEdgeReady(compiled), uri, headers, status);
  const { isDocument } = decision;
  const override = compiled.pathOverrides?.[decision.override ?? -1];
  const changed = changedLines({ ...headers }, decision);
  const contentType = headers["content-type"]?.[0]?.value;
  const documentReason =
    contentType === undefined
      ? `, and without a Content-Type it counts as ${isDocument ? "a document" : "no document: a 304 goes by its path"}`
      : `, and ${JSON.stringify(contentType)} is ${isDocument ? "a" : "no"} document`;
  const pathReason =
    override === undefined
      ? "matches no path pattern"
      : `matches the path pattern ${JSON.stringify(override.pathPattern)}`;
  return {
    rule: override?.pathPattern ?? "default",
    reason: `${JSON.stringify(uri)} ${pathReason}${compiled.documentContentType === undefined ? "" : documentReason}.`,
    result: {
      set: Object.fromEntries(
        Object.entries(changed).filter(([name, lines]) => headers[name] !== lines),
      ),
      remove: Object.keys(headers).filter((name) => !Object.hasOwn(changed, name)),
    },
  };
}

/**
 * Returns the security headers by name, as they are written on the wire: for a response that another
 * function generates, which no viewer-response function sees (LE-A-11).
 */
export function plainSecurityHeaders(
  compiled: CompiledSecurityHeaders,
  { uri = "/", contentType = "text/html" }: PlainHeadersOptions = {},
): Readonly<Record<string, string>> {
  const headers = { "content-type": [{ key: "Content-Type", value: contentType }] };
  const { set } = decideSecurityHeaders(compiled, { uri, headers });
  return Object.fromEntries(
    Object.values(set).flatMap((lines) => lines.map(({ key, value }) => [key, value])),
  );
}
