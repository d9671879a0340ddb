import type { ResponseHeadersPolicy } from "../../distribution/policies.ts";
import { headerValue } from "../http-headers.ts";
import type { StepRecord } from "../request-record.ts";
import type { RequestContext, ServedResponse } from "../request-context.ts";

/**
 * Returns the value of Server-Timing that the response headers policy asks for; undefined where it
 * asks for none. `Pragma: server-timing` asks for it at any sampling rate.
 *
 * FIDELITY F-SERVER-TIMING: there is one cache layer here, which is `EDGE`. The time to resolve and
 * to connect is not measured apart, and is left out; that of the first byte is that of the response.
 *
 * @param pop the edge location's name
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html#server-timing-header
 */
export function serverTimingOf(
  policy: ResponseHeadersPolicy | undefined,
  context: RequestContext,
  served: ServedResponse,
  pop: string,
): string | undefined {
  const rate = policy?.serverTimingSamplingRate;
  if (rate === undefined || !(isAskedFor(context) || isSampled(rate, context))) return undefined;
  const outcome = cacheOutcome(context.steps, served);
  const fromOrigin =
    outcome === "miss" ? headerValue(served.response.headers, "server-timing") : "";
  return [
    fromOrigin ?? "",
    ...(outcome === "miss" ? upstreamMetrics(context.steps) : []),
    outcome === undefined ? "" : `cdn-cache-${outcome}`,
    `cdn-pop;desc="${pop}"`,
    `cdn-rid;desc="${context.invocation.requestId}"`,
    outcome === "hit" ? 'cdn-hit-layer;desc="EDGE"' : "",
    `cdn-downstream-fbl;dur=${context.ports.clock.now() - context.startedAtMs}`,
  ]
    .filter((metric) => metric !== "")
    .join(",");
}

function isAskedFor({ viewerRequest }: RequestContext): boolean {
  const pragma = viewerRequest.request.headers["pragma"] ?? [];
  return pragma.some(({ value }) =>
    value.split(",").some((directive) => directive.trim().toLowerCase() === "server-timing"),
  );
}

/** The request id is random: its first bytes decide, so that nothing else has to. */
function isSampled(ratePercent: number, { invocation }: RequestContext): boolean {
  const share =
    Buffer.from(invocation.requestId.slice(0, 8), "base64url").readUIntBE(0, 6) / 2 ** 48;
  return share * 100 < ratePercent;
}

/** Undefined where neither the cache nor an origin had a part in the response. */
function cacheOutcome(
  steps: readonly StepRecord[],
  { resultType }: ServedResponse,
): "hit" | "refresh" | "miss" | undefined {
  const happened = (...names: readonly StepRecord["step"][]): boolean =>
    steps.some(({ step }) => names.includes(step));
  if (resultType === "RefreshHit") return "refresh";
  if (happened("serve-stale")) return "hit";
  if (happened("origin")) return "miss";
  if (happened("cache-hit", "collapsed")) return "hit";
  return happened("cache-miss", "cache-bypass", "cache-expired") ? "miss" : undefined;
}

function upstreamMetrics(steps: readonly StepRecord[]): readonly string[] {
  const last = steps.findLast((step) => step.step === "origin");
  if (last?.step !== "origin") return [];
  return ['cdn-upstream-layer;desc="EDGE"', `cdn-upstream-fbl;dur=${last.durationMs}`];
}
