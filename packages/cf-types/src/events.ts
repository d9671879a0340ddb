import type { EventBody } from "./body.ts";
import type { EventConfig } from "./config.ts";
import type { EventHeaders } from "./headers.ts";
import type { Origin } from "./origin.ts";

/** The request as the viewer sent it, seen by the two viewer events. */
export interface ViewerRequest {
  /** The address of the TCP peer, IPv4 or IPv6. */
  readonly clientIp: string;
  readonly method: string;
  /** The path with its percent-encoding intact; starts with `/`, without host and query string. */
  uri: string;
  /** Without the leading `?`, not decoded; empty where the URL has none. */
  querystring: string;
  headers: EventHeaders;
}

/** The request as CloudFront is about to send it to the origin, seen by the two origin events. */
export interface OriginRequest extends ViewerRequest {
  origin: Origin;
}

/** A response in a response event. It never carries the body (LE-B-49). */
export interface EventResponse {
  /** Three digits, as a string. */
  status: string;
  statusDescription: string;
  headers: EventHeaders;
}

/** The response in a viewer-response event, whose status a Lambda@Edge function cannot change (LE-D-16). */
export interface ViewerEventResponse extends EventResponse {
  readonly status: string;
  readonly statusDescription: string;
}

/** The envelope of an event: exactly one record (LE-B-01). */
interface EventOf<Payload> {
  Records: [{ cf: Payload }];
}

/**
 * Every request, before the cache.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html
 */
export type ViewerRequestEvent = EventOf<{
  readonly config: EventConfig<"viewer-request">;
  request: ViewerRequest & { body?: EventBody };
}>;

/** A cache miss, before CloudFront contacts the origin. */
export type OriginRequestEvent = EventOf<{
  readonly config: EventConfig<"origin-request">;
  request: OriginRequest & { body?: EventBody };
}>;

/** The origin's response to a cache miss, before it is cached. */
export type OriginResponseEvent = EventOf<{
  readonly config: EventConfig<"origin-response">;
  readonly request: Readonly<OriginRequest>;
  response: EventResponse;
}>;

/** Every response whose status is below 400, from the cache or not, before it goes to the viewer. */
export type ViewerResponseEvent = EventOf<{
  readonly config: EventConfig<"viewer-response">;
  readonly request: Readonly<ViewerRequest>;
  response: ViewerEventResponse;
}>;
