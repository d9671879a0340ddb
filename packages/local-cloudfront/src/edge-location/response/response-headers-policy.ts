import { copyHeaders } from "../../http/empty-headers.ts";
import type { CacheBehavior } from "../../distribution/distribution.ts";
import type {
  MutableHeaders,
  HttpHeaders,
  HttpRequest,
  HttpResponse,
} from "../../http/http-message.ts";
import type { PolicyHeader, ResponseHeadersPolicy } from "../../distribution/policies.ts";
import { withCorsHeaders } from "./cors-headers.ts";
import { withHeaders, withoutHeaders } from "../http-headers.ts";

/**
 * Removes and then adds headers as the cache behavior's response headers policy says.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export function applyResponseHeadersPolicy(
  { responseHeadersPolicy }: CacheBehavior,
  viewerRequest: HttpRequest,
  response: HttpResponse,
): HttpResponse {
  if (responseHeadersPolicy === undefined) return response;
  const { cors, securityHeaders, customHeaders } = responseHeadersPolicy;
  const kept = removeHeaders(responseHeadersPolicy, response.headers);
  const headers = copyHeaders(
    cors === undefined ? kept : withCorsHeaders(cors, viewerRequest, kept),
  );
  for (const line of [...securityHeaders, ...customHeaders]) setPolicyHeader(headers, line);
  return { ...response, headers };
}

/** A Server that is removed makes way for CloudFront's own; so does Date, like any that is missing. */
function removeHeaders(
  { removeHeaders: names }: ResponseHeadersPolicy,
  headers: HttpHeaders,
): HttpHeaders {
  const kept = withoutHeaders(headers, names);
  return names.includes("server") ? withHeaders(kept, { Server: "CloudFront" }) : kept;
}

function setPolicyHeader(headers: MutableHeaders, { name, value, override }: PolicyHeader): void {
  const lowerCaseName = name.toLowerCase();
  if (!override && headers[lowerCaseName] !== undefined) return;
  headers[lowerCaseName] = [{ key: name, value }];
}
