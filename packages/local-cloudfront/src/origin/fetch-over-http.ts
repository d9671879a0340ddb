import { cloudFrontQuotas } from "cf-rules";
import type { HttpRequest } from "../http/http-message.ts";
import type { Origin } from "../distribution/origins.ts";
import { exchange } from "./exchange.ts";
import type { HttpAgents } from "./http-agents.ts";
import { originAddress } from "./origin-address.ts";
import type { OriginResult } from "./origin-client.ts";
import { closing } from "./origin-failure.ts";
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
   * Bytes of the head of a response above which it is refused.
   * @default - CloudFront's quota
   */
  readonly maxHeadBytes?: number;
}

/** How long CloudFront keeps an idle connection to an S3 origin, in seconds; not configurable there. */
const s3KeepaliveTimeoutSeconds = 5;

/**
 * Sends a request to an origin over HTTP(S), as often as its connection attempts allow; once more
 * where a kept connection ended before a byte of a response. Redirects are responses like any other
 * (LE-D-29), and bodies stay in the encoding in which they came.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/high_availability_origin_failover.html#controlling-attempts-and-timeouts
 */
export async function fetchOverHttp(input: HttpFetchInput): Promise<OriginResult> {
  const { origin, request, agents, subject } = input;
  if (agents.isClosed()) return { kind: "failure", failure: closing(subject).failure };
  const address = originAddress(origin, input.viewerProtocol);
  const keepaliveTimeoutSeconds =
    origin.kind === "custom" ? origin.keepaliveTimeoutSeconds : s3KeepaliveTimeoutSeconds;
  const outgoing = {
    subject,
    agents,
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
  let agent = isSafe(request.method)
    ? agents.agentFor(address, keepaliveTimeoutSeconds)
    : undefined;
  for (let attempts = 1; ;) {
    const result = await exchange({ ...outgoing, agent });
    if (result.kind === "completed" || agents.isClosed()) return result.result;
    if (result.wasStale) {
      agent = undefined;
      continue;
    }
    const mayRepeat = !result.wasConnected || (result.isTimeout && isRead(request.method));
    if (!mayRepeat || attempts >= origin.connectionAttempts) return result.result;
    attempts++;
  }
}

function isRead(method: string): boolean {
  return method === "GET" || method === "HEAD";
}

/**
 * Returns whether a request may arrive twice. Others never go out on a kept connection, which the
 * origin may just be closing; CloudFront too fails over for no other methods (LE-A-23).
 */
function isSafe(method: string): boolean {
  return isRead(method) || method === "OPTIONS";
}
