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

const { originResponseHeadBytes: maxHeaderBytes } = cloudFrontQuotas;
// What proxies and browsers are known to take: 8 KB for all headers of a response.
const usualHeaderBytes = 8192;

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
    const bytes = lines.reduce((sum, { key, value }) => sum + key.length + value.length + 4, 0);
    if (bytes <= usualHeaderBytes) return [];
    const subject =
      "pathPattern" in set ? `The headers of ${JSON.stringify(set.pathPattern)}` : "The headers";
    const message = `${subject} have ${bytes} bytes, of which a response can have ${bytes > maxHeaderBytes ? maxHeaderBytes : `${maxHeaderBytes}, but many proxies take only ${usualHeaderBytes}`}. Move inline scripts into files, or give pages policies of their own with pagePathOverrides.`;
    return [
      { severity: bytes > maxHeaderBytes ? ("error" as const) : ("warning" as const), message },
    ];
  });
}
