import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import type { Origin } from "../distribution/origins.ts";
import type { OriginInvocation } from "../lambda-edge/function-runner.ts";
import type { ViewerProtocol } from "./origin-protocol.ts";

/** `x-edge-detailed-result-type` of an origin that could not be had (CF-K-04). */
export type OriginFailureDetail =
  | "OriginDnsError"
  | "OriginConnectError"
  | "OriginCommError"
  | "OriginReadError"
  | "OriginInvalidResponseError"
  | "OriginHeaderTooBigError";

/** An origin that gave no usable response. */
export interface OriginFailure {
  /** What CloudFront responds with: 502 where the origin cannot be reached or understood, 504 where it is too slow. */
  readonly status: 502 | 504;
  readonly detail: OriginFailureDetail;
  /** One sentence: what was tried, what happened. */
  readonly message: string;
}

/** What came of a request to an origin. */
export type OriginResult =
  | {
      readonly kind: "response";
      readonly response: HttpResponse;
      /** Why a folder's file is no object of the bucket that the folder stands for. */
      readonly notPublished?: string | undefined;
      /** Of the function behind the origin; absent where none ran on this machine. */
      readonly invocation?: OriginInvocation;
      /** A sentence: why what stands in front of functions responds so, where no response says. */
      readonly reason?: string;
    }
  | { readonly kind: "failure"; readonly failure: OriginFailure };

/** Speaks to origins: S3 buckets with OAC, and custom HTTP(S) servers. */
export interface OriginClient {
  /** Resolves the origin's name before origin-request runs; undefined where that succeeds (LE-A-20). */
  resolve(origin: Origin): Promise<OriginFailure | undefined>;
  /**
   * Sends a request as composed for the origin (its path prefix is added here) and reads the response.
   *
   * @param viewerProtocol decides where the origin's protocol policy is `match-viewer`; `https`
   *   where it is left out
   */
  fetch(
    origin: Origin,
    request: HttpRequest,
    viewerProtocol?: ViewerProtocol,
  ): Promise<OriginResult>;
  /** Closes kept-alive connections. */
  close(): Promise<void>;
}
