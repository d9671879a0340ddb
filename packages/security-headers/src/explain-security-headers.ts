import type { CompiledSecurityHeaders } from "./compiled-security-headers.ts";
import {
  type ResponseFacts,
  type SecurityHeadersDecision,
  decideSecurityHeaders,
} from "./decide-security-headers.ts";

/** Why a response gets the headers that it gets. */
export interface SecurityHeadersExplanation {
  /** The path pattern that decided, or `default`. */
  readonly rule: string;
  readonly reason: string;
  readonly result: SecurityHeadersDecision;
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
  const facts: ResponseFacts = typeof response === "string" ? { uri: response } : response;
  const { uri, headers = {} } = facts;
  const override = compiled.pathOverrides?.find(({ pathPattern, pattern }) =>
    pattern === undefined ? pathPattern === uri : new RegExp(pattern).test(uri),
  );
  const pathReason =
    override === undefined
      ? `${JSON.stringify(uri)} matches no path pattern`
      : `${JSON.stringify(uri)} matches the path pattern ${JSON.stringify(override.pathPattern)}`;
  return {
    rule: override?.pathPattern ?? "default",
    reason: `${pathReason}${documentReason(compiled, headers["content-type"]?.[0]?.value)}.`,
    result: decideSecurityHeaders(compiled, facts),
  };
}

function documentReason(
  { documentContentType }: CompiledSecurityHeaders,
  contentType: string | undefined,
): string {
  if (documentContentType === undefined) return "";
  if (contentType === undefined) return ", and without a Content-Type it counts as a document";
  const isDocument = new RegExp(documentContentType, "i").test(contentType);
  return `, and ${JSON.stringify(contentType)} is ${isDocument ? "a" : "no"} document`;
}
