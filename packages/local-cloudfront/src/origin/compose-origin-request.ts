import { emptyHeaders } from "../http/empty-headers.ts";
import {
  normalizeAcceptEncoding,
  normalizesAcceptEncoding,
} from "../distribution/accept-encoding.ts";
import type { CacheBehavior } from "../distribution/distribution.ts";
import type { MutableHeaders, HttpHeaders, HttpRequest } from "../http/http-message.ts";
import {
  forwardsCookies,
  selectCookies,
  selectQueryString,
} from "../distribution/name-selection.ts";
import type { Origin } from "../distribution/origins.ts";
import type { NameSelection } from "../distribution/policies.ts";
import { viaHost } from "../http/via-host.ts";
import { forwardsViewerHeader, requestedViewerHeaders } from "./forwarded-headers.ts";

/** What a request to an origin is made of. */
export interface OriginRequestInput {
  readonly cacheBehavior: CacheBehavior;
  readonly origin: Origin;
  /** The viewer's, as viewer-request left it. */
  readonly request: HttpRequest;
  /** The value of X-Amz-Cf-Id. */
  readonly requestId: string;
  /** The viewer's, as in `1.1` or `2.0`. */
  readonly httpVersion: string;
  readonly distributionDomainName: string;
  /** The values of CloudFront's own request headers by lower-case name; sent where a policy asks. */
  readonly viewerHeaders: Readonly<Record<string, string>>;
  /** The headers of an expired object to revalidate; undefined asks for the object itself. */
  readonly validators: HttpHeaders | undefined;
}

/**
 * Composes what CloudFront will send to an origin: what the policies name, and the headers that go
 * with every request (LE-B-45). The origin's path and custom headers come on sending.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/controlling-origin-requests.html
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RequestAndResponseBehaviorCustomOrigin.html#request-custom-headers-behavior
 */
export function composeOriginRequest(input: OriginRequestInput): HttpRequest {
  const { cacheBehavior, request } = input;
  const { cachePolicy, originRequestPolicy } = cacheBehavior;
  return {
    ...request,
    querystring: selectQueryString(
      request.querystring,
      cachePolicy.queryStrings,
      originRequestPolicy?.queryStrings ?? none,
    ),
    headers: composeHeaders(input),
  };
}

const bodyHashHeader = "x-amz-content-sha256";

const none: NameSelection = { behavior: "none" };

function composeHeaders(input: OriginRequestInput): HttpHeaders {
  const { cacheBehavior, origin, request, httpVersion, distributionDomainName } = input;
  const headers = emptyHeaders();
  for (const [name, lines] of Object.entries(request.headers)) {
    if (forwardsViewerHeader(cacheBehavior, request.method, name)) headers[name] = lines;
  }
  const set = (key: string, value: string): void => {
    headers[key.toLowerCase()] = [{ key, value }];
  };

  set("X-Forwarded-For", listed(request.headers["x-forwarded-for"], request.clientIp));
  if (!forwardsViewerHeader(cacheBehavior, request.method, "user-agent")) {
    set("User-Agent", "Amazon CloudFront");
  }
  set(
    "Via",
    listed(
      request.headers["via"],
      `${httpVersion} ${viaHost(distributionDomainName)} (CloudFront)`,
    ),
  );
  if (origin.hostHeader !== undefined) set("Host", origin.hostHeader);
  else if (headers["host"] === undefined) set("Host", origin.domainName);
  set("X-Amz-Cf-Id", input.requestId);
  setAcceptEncoding(cacheBehavior, request, set);
  setCookies(cacheBehavior, request, set);
  setConditions(input, headers, set);
  if (origin.kind === "custom" && origin.signingBehavior !== undefined) {
    // Part of what is signed, whatever the policies forward (CF-P-02).
    const hash = request.headers[bodyHashHeader];
    if (hash !== undefined) headers[bodyHashHeader] = hash;
  }
  for (const [name, value] of requestedViewerHeaders(cacheBehavior, input.viewerHeaders)) {
    set(name, value);
  }
  // A custom header of the origin takes the place of the viewer's (CF-H-25).
  for (const { name } of origin.customHeaders) delete headers[name.toLowerCase()];
  return headers;
}

type SetHeader = (key: string, value: string) => void;

function setAcceptEncoding(
  { cachePolicy }: CacheBehavior,
  request: HttpRequest,
  set: SetHeader,
): void {
  if (!normalizesAcceptEncoding(cachePolicy)) return;
  if (request.headers["accept-encoding"] === undefined) return;
  set("Accept-Encoding", normalizeAcceptEncoding(cachePolicy, request.headers) ?? "identity");
}

function setCookies(cacheBehavior: CacheBehavior, request: HttpRequest, set: SetHeader): void {
  const { cachePolicy, originRequestPolicy } = cacheBehavior;
  const cookies = selectCookies(
    request.headers,
    cachePolicy.cookies,
    originRequestPolicy?.cookies ?? none,
  );
  if (cookies.length === 0) return;
  set("Cookie", cookies.map(({ name, value }) => `${name}=${value}`).join("; "));
}

/**
 * Asks whether an expired object is still the origin's (CF-G-45); the viewer's own conditions are
 * then served from the cache. They do not go with forwarded cookies either (CF-G-06).
 */
function setConditions(input: OriginRequestInput, headers: MutableHeaders, set: SetHeader): void {
  const { cacheBehavior, validators } = input;
  if (validators !== undefined || forwardsCookies(cacheBehavior)) {
    delete headers["if-none-match"];
    delete headers["if-modified-since"];
  }
  if (validators === undefined) return;
  for (const name of ["if-match", "if-unmodified-since", "if-range", "range"]) delete headers[name];
  const etag = validators["etag"]?.[0]?.value;
  const lastModified = validators["last-modified"]?.[0]?.value;
  if (etag !== undefined) set("If-None-Match", etag);
  if (lastModified !== undefined) set("If-Modified-Since", lastModified);
}

/** Appends to what the viewer sent under the same name. */
function listed(lines: HttpHeaders[string] | undefined, value: string): string {
  return [...(lines ?? []).map((line) => line.value), value].join(", ");
}
