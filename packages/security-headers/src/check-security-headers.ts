import { cloudFrontQuotas } from "cf-rules";
import type { CompiledSecurityHeaders } from "./edge/compiled-security-headers.ts";

/** What a distribution says of a cache behavior that runs the function. */
export interface CacheBehaviorFacts {
  readonly pathPattern: string;
  /** @default "redirect-to-https" */
  readonly viewerProtocolPolicy?: "allow-all" | "redirect-to-https" | "https-only";
  /** Whether the cache behavior has a response headers policy. @default false */
  readonly responseHeadersPolicy?: boolean;
  /** Whether the distribution has custom error responses. @default false */
  readonly customErrorResponses?: boolean;
  /** Whether a viewer-request function of the cache behavior may generate responses. @default false */
  readonly generatesResponses?: boolean;
}

/** What is amiss between the options and a distribution. */
export interface SecurityHeadersFinding {
  readonly severity: "error" | "warning";
  readonly message: string;
}

/** What breaks above a size of all headers of a response, the smallest first. */
const sizeLimits = [
  // nginx: proxy_buffer_size, 4 or 8 KB; Apache: 8,190 bytes for a line.
  { bytes: 8192, breaks: "proxies such as nginx and Apache respond with 502" },
  // https://nodejs.org/api/http.html#httpmaxheadersize, and undici's maxHeaderSize
  { bytes: 16_384, breaks: "fetch and http of Node.js fail with a headers overflow error" },
  // LE-C-27
  {
    bytes: cloudFrontQuotas.originResponseHeadBytes,
    breaks: "CloudFront itself responds with 502",
  },
];
/** What S3 and CloudFront add of their own: Date, ETag, Via, X-Cache, X-Amz-Cf-Id and the like. */
const othersBytes = 600;

/**
 * Returns what is amiss between the compiled options and a cache behavior: responses that go out
 * without the headers, headers that mean nothing there, and more bytes than a response can have.
 */
export function checkSecurityHeaders(
  compiled: CompiledSecurityHeaders,
  cacheBehavior: CacheBehaviorFacts,
): readonly SecurityHeadersFinding[] {
  const where = `Cache behavior ${JSON.stringify(cacheBehavior.pathPattern)}`;
  return [
    ...bareResponses(compiled, cacheBehavior, where),
    ...plainHttp(compiled, cacheBehavior, where),
    ...sizes(compiled),
  ];
}

function bareResponses(
  { eventType }: CompiledSecurityHeaders,
  { responseHeadersPolicy, customErrorResponses, generatesResponses }: CacheBehaviorFacts,
  where: string,
): readonly SecurityHeadersFinding[] {
  if (responseHeadersPolicy) return [];
  const bare = [
    // LE-A-08, LE-A-10, LE-A-11
    ...(eventType === undefined ? ["errors of the origin (status 400 and higher)"] : []),
    ...(customErrorResponses ? ["custom error pages"] : []),
    ...(generatesResponses ? ["responses that its viewer-request function generates"] : []),
  ];
  if (bare.length === 0) return [];
  const message = `${where} sends ${bare.join(", ")} without security headers. Give it the response headers policy of responseHeadersPolicyConfig.`;
  return [{ severity: "warning", message }];
}

function plainHttp(
  { headers }: CompiledSecurityHeaders,
  { viewerProtocolPolicy = "redirect-to-https" }: CacheBehaviorFacts,
  where: string,
): readonly SecurityHeadersFinding[] {
  if (viewerProtocolPolicy !== "allow-all" || headers["strict-transport-security"] === undefined) {
    return [];
  }
  const message = `${where} serves HTTP too, where browsers ignore Strict-Transport-Security. Set its viewer protocol policy to "redirect-to-https".`;
  return [{ severity: "error", message }];
}

function sizes(compiled: CompiledSecurityHeaders): readonly SecurityHeadersFinding[] {
  return [compiled, ...(compiled.pathOverrides ?? [])].flatMap((set) => {
    const lines = Object.values({ ...set.headers, ...set.documentHeaders }).flat();
    const bytes =
      othersBytes + lines.reduce((sum, { key, value }) => sum + key.length + value.length + 4, 0);
    const exceeded = sizeLimits.filter((limit) => bytes > limit.bytes);
    if (exceeded.length === 0) return [];
    const subject =
      "pathPattern" in set ? `The headers of ${JSON.stringify(set.pathPattern)}` : "The headers";
    const breaks = exceeded.map((limit) => `above ${inEnglish(limit.bytes)} ${limit.breaks}`);
    const longest = lines.toSorted((one, other) => other.value.length - one.value.length)[0]?.key;
    const remedy = longest?.startsWith("Content-Security-Policy")
      ? "move inline scripts into files, or give pages policies of their own with pagePathOverrides."
      : "make it shorter.";
    const message = `${subject} have ${inEnglish(bytes)} bytes, with ${othersBytes} of S3's and CloudFront's own: ${breaks.join("; ")}. Browsers take 256 KB. Most of it is ${longest}: ${remedy}`;
    const isError = exceeded.length === sizeLimits.length;
    return [{ severity: isError ? ("error" as const) : ("warning" as const), message }];
  });
}

function inEnglish(count: number): string {
  return count.toLocaleString("en");
}
