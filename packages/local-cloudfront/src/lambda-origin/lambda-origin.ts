import type { Clock } from "../clock.ts";
import type { ApiStage } from "../distribution/lambda-endpoints.ts";
import type { OriginFunction } from "../distribution/edge-functions.ts";
import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import type { OriginInvocation } from "../lambda-edge/function-runner.ts";

/** Runs a function behind an origin on an event, JSON text. */
export type InvokeFunction = (lambda: OriginFunction, event: string) => Promise<OriginInvocation>;

/** A request as it arrives at an endpoint in front of Lambda functions. */
export interface EndpointRequest {
  /** As composed for the origin. */
  readonly request: HttpRequest;
  /** The endpoint's host name. */
  readonly domainName: string;
  /** The origin's path and the raw path of the request. */
  readonly path: string;
  readonly clock: Clock;
  readonly invoke: InvokeFunction;
}

/** A request that has found its route. */
export interface RoutedRequest extends EndpointRequest {
  readonly stage: ApiStage;
  /** As in `GET /pets/{id}`. */
  readonly routeKey: string;
  /** As in `/pets/{id}`. */
  readonly resource: string;
  /** Decoded. */
  readonly pathParameters: Readonly<Record<string, string>>;
}

/** What an endpoint responds with. */
export interface EndpointResponse {
  readonly response: HttpResponse;
  /** The function's invocation; absent where none ran. */
  readonly invocation?: OriginInvocation;
  /** A sentence: why it responds so, where the reason stands in no response; absent where all went well. */
  readonly reason?: string;
}

/**
 * CloudFront's own address: an endpoint behind it does not see that of the viewer, which stands in
 * X-Forwarded-For.
 */
export const cloudFrontAddress = "130.176.0.1";
