import type { EventBody } from "./body.ts";
import type { ResultHeaders } from "./headers.ts";
import type { Origin } from "./origin.ts";

/**
 * A response that a request function generates instead of going on to the cache or the origin.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-generating-http-responses-in-requests.html
 */
export interface GeneratedResponse {
  /** `"200"` to `"599"` (LE-D-03). */
  status: string;
  statusDescription?: string;
  headers?: ResultHeaders;
  /** At most 40 KB with the headers at viewer events, 1 MB at origin events (LE-D-08). */
  body?: string;
  /** @default "text" */
  bodyEncoding?: "text" | "base64";
}

/**
 * A viewer request that goes on: the event's own request, changed where that is allowed. A body
 * with the action `replace` goes to the origin instead of the viewer's (LE-B-25 to LE-B-27).
 */
export interface ViewerRequestContinuation {
  readonly clientIp: string;
  readonly method: string;
  uri: string;
  querystring: string;
  headers: ResultHeaders;
  body?: EventBody;
}

/** An origin request that goes on; `origin` may name one that the distribution does not have (LE-B-41). */
export interface OriginRequestContinuation extends ViewerRequestContinuation {
  origin?: Origin;
}

/** An origin response that goes on. Without `body` the origin's body is kept, `""` removes it (LE-D-14). */
export interface OriginResponseContinuation {
  status: string;
  statusDescription?: string;
  headers?: ResultHeaders;
  body?: string;
  /** @default "text" */
  bodyEncoding?: "text" | "base64";
}

/** A viewer response that goes on: the status is the event's own and there is no body (LE-D-16, LE-D-17). */
export interface ViewerResponseContinuation {
  status: string;
  statusDescription?: string;
  headers?: ResultHeaders;
  body?: never;
}

/** What a viewer-request function may return. */
export type ViewerRequestResult = ViewerRequestContinuation | GeneratedResponse;

/** What an origin-request function may return. */
export type OriginRequestResult = OriginRequestContinuation | GeneratedResponse;

/** What an origin-response function may return. */
export type OriginResponseResult = OriginResponseContinuation;

/** What a viewer-response function may return. */
export type ViewerResponseResult = ViewerResponseContinuation;
