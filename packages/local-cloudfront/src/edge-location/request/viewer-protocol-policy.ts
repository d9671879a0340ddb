import type { CacheBehavior } from "../../distribution/distribution.ts";
import type { HttpResponse } from "../../http/http-message.ts";
import { generatedPage } from "../response/error-page.ts";
import { headerValue } from "../http-headers.ts";
import type { RequestProblem, ViewerRequest } from "./viewer-request.ts";

/** What the viewer protocol policy says to a request over plain HTTP. */
export type ProtocolDecision =
  | { readonly kind: "allowed" }
  | { readonly kind: "redirect"; readonly response: HttpResponse }
  | { readonly kind: "refused"; readonly problem: RequestProblem };

/**
 * Applies the viewer protocol policy of a cache behavior (LE-A-32 to LE-A-34).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/using-https-viewers-to-cloudfront.html
 */
export function applyViewerProtocolPolicy(
  cacheBehavior: CacheBehavior,
  viewerRequest: ViewerRequest,
  distributionDomainName: string,
): ProtocolDecision {
  if (viewerRequest.protocol === "https" || cacheBehavior.viewerProtocolPolicy === "allow-all") {
    return { kind: "allowed" };
  }
  if (cacheBehavior.viewerProtocolPolicy === "https-only") {
    return refused(
      `LE-A-33: The cache behavior ${cacheBehavior.pathPattern} allows HTTPS only, and the request came over HTTP.`,
    );
  }
  const { method, uri, querystring, headers } = viewerRequest.request;
  const keepsMethod = method !== "GET" && method !== "HEAD";
  if (keepsMethod && viewerRequest.httpVersion === "1.0") {
    return refused(`LE-A-32: ${method} over HTTP/1.0 cannot be redirected to HTTPS.`);
  }
  const host = headerValue(headers, "host") ?? distributionDomainName;
  const location = `https://${host}${uri}${querystring === "" ? "" : `?${querystring}`}`;
  const status = keepsMethod ? 307 : 301;
  return { kind: "redirect", response: redirectPage(status, location) };
}

function refused(reason: string): ProtocolDecision {
  return {
    kind: "refused",
    problem: { status: 403, reason, detailedResultType: "InvalidRequest" },
  };
}

function redirectPage(status: 301 | 307, location: string): HttpResponse {
  const title = status === 301 ? "301 Moved Permanently" : "307 Temporary Redirect";
  const html = [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "<hr><center>CloudFront</center>",
    "</body>",
    "</html>",
    "",
  ].join("\r\n");
  return generatedPage(status, html, { Location: location });
}
