import { copyHeaders } from "../http/empty-headers.ts";
import type { HttpHeaders, HttpResponse } from "../http/http-message.ts";
import { ownPath } from "../http/own-path.ts";
import { Memo } from "../memo.ts";

/** Where browsers post reports: a path of the site's own, which a policy cannot keep them from. */
export const reportPath: string = ownPath("policy-reports");

/** The names of the headers that have a policy. */
export const policyHeaders = [
  "content-security-policy",
  "content-security-policy-report-only",
] as const;

/** Whether a response has a policy. */
export function hasPolicy(headers: HttpHeaders): boolean {
  return policyHeaders.some((name) => headers[name] !== undefined);
}

/**
 * Returns a response whose policies are reported here, too. Browsers read `report-to` instead of
 * `report-uri`, and report to one endpoint by it, so that it gives way; the other addresses stay.
 */
export function withReportEndpoint(response: HttpResponse): HttpResponse {
  if (!hasPolicy(response.headers)) return response;
  const headers = copyHeaders(response.headers);
  for (const name of policyHeaders) {
    const lines = headers[name];
    if (lines === undefined) continue;
    headers[name] = lines.map(({ key, value }) => ({ key, value: policiesReportedHere(value) }));
  }
  return { ...response, headers };
}

/** A site has few policies, unless they have a nonce. */
const knownPolicies = new Memo<string>(16);

function policiesReportedHere(policies: string): string {
  return knownPolicies.get([policies], () => policies.split(",").map(reportedHere).join(","));
}

const reportDirective = /^report-(to|uri)(?:\s+|$)/i;

function reportedHere(policy: string): string {
  const directives = policy
    .split(";")
    .map((directive) => directive.trim())
    .filter((directive) => directive !== "");
  if (directives.length === 0) return policy;
  const kept = directives.filter((each) => !reportDirective.test(each));
  const reportUri = directives.find(
    (each) => reportDirective.exec(each)?.[1]?.toLowerCase() === "uri",
  );
  const others = reportUri?.split(/\s+/).slice(1) ?? [];
  return [...kept, ["report-uri", ...others, reportPath].join(" ")].join("; ");
}
