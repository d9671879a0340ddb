import { cloudFrontQuotas } from "cf-rules";
import type { HttpRequest } from "../distribution/http-message.ts";
import type { Origin } from "../distribution/origins.ts";
import { exchange } from "./exchange.ts";
import type { HttpAgents } from "./http-agents.ts";
import { originAddress } from "./origin-address.ts";
import type { OriginAnswer } from "./origin-client.ts";
import type { ViewerProtocol } from "./origin-protocol.ts";
import { wireHeaders, wirePath } from "./wire-request.ts";

/** What a request over HTTP needs to know. */
export interface HttpFetchInput {
  readonly origin: Origin;
  /** The origin as messages name it. */
  readonly subject: string;
  readonly request: HttpRequest;
  readonly viewerProtocol: ViewerProtocol;
  readonly agents: HttpAgents;
  readonly maxBodyBytes: number;
  /**
   * Bytes of the head of an answer above which it is refused.
   * @default - CloudFront's quota
   */
  readonly maxHeadBytes?: number;
}

/** How long CloudFront keeps an idle connection to an S3 origin, in seconds; not configurable there. */
const s3KeepaliveTimeoutSeconds = 5;

/**
 * Sends a request to an origin over HTTP(S), as often as its connection attempts allow. Redirects
 * are answers like any other (LE-D-29), and bodies stay in the encoding in which they came.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html#controlling-attempts-and-timeouts
 */
export async function fetchOverHttp(input: HttpFetchInput): Promise<OriginAnswer> {
  const { origin, request, agents } = input;
  const address = originAddress(origin, input.viewerProtocol);
  const keepaliveTimeoutSeconds =
    origin.kind === "custom" ? origin.keepaliveTimeoutSeconds : s3KeepaliveTimeoutSeconds;
  const outgoing = {
    subject: input.subject,
    address,
    method: request.method,
    path: wirePath(address, origin, request),
    headers: wireHeaders(origin, request),
    body: request.body,
    connectionTimeoutSeconds: origin.connectionTimeoutSeconds,
    readTimeoutSeconds: origin.readTimeoutSeconds,
    responseCompletionTimeoutSeconds: origin.responseCompletionTimeoutSeconds,
    maxBodyBytes: input.maxBodyBytes,
    maxHeadBytes: input.maxHeadBytes ?? cloudFrontQuotas.originResponseHeadBytes,
  };
  const kept = agents.agentFor(address, keepaliveTimeoutSeconds);
  // A kept connection that the origin is just closing must not take a request that cannot be repeated.
  let agent = isRepeatable(request.method) ? kept : undefined;
  for (let attempts = 1; ;) {
    const result = await exchange({ ...outgoing, agent });
    if (result.kind === "answered") return result.answer;
    const { wasReused, wasConnected, isTimeout } = result;
    if (wasReused && !isTimeout) {
      agent = undefined;
      continue;
    }
    const mayRepeat = !wasConnected || (isTimeout && isRead(request.method));
    if (!mayRepeat || attempts >= origin.connectionAttempts) return result.answer;
    attempts++;
  }
}

function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

function isRepeatable(method: string): boolean {
  return method !== "POST" && method !== "PATCH";
}
