/** One value among those of a name that came several times. */
export interface CloudFrontFunctionValue {
  value: string;
}

/** A header, cookie or query parameter; `multiValue` holds all its values where there are several (FN-I-04). */
export interface CloudFrontFunctionValues extends CloudFrontFunctionValue {
  multiValue?: CloudFrontFunctionValue[];
}

/** A cookie that a response sets. */
export interface CloudFrontFunctionResponseCookie {
  value: string;
  /** What follows the value in `Set-Cookie`, as in `Secure; Path=/` (FN-I-08). */
  attributes?: string;
}

/** A cookie that a response sets, perhaps several times. */
export interface CloudFrontFunctionResponseCookies extends CloudFrontFunctionResponseCookie {
  multiValue?: CloudFrontFunctionResponseCookie[];
}

/** A body that a function gives a response; a string alone is text (FN-I-11). */
export type CloudFrontFunctionBody =
  | string
  | {
      /** @default "text" */
      encoding?: "text" | "base64";
      data: string;
    };

/** The request of a viewer, with its percent-encoding intact (FN-I-10). */
export interface CloudFrontFunctionRequest {
  readonly method: string;
  /** Starts with `/`; a change of it selects no other cache behavior (FN-I-03). */
  uri: string;
  /** A string keeps the order of the parameters (FN-I-09). */
  querystring: string | { [name: string]: CloudFrontFunctionValues };
  /** By lower-case name, without Cookie. */
  headers: { [name: string]: CloudFrontFunctionValues };
  cookies: { [name: string]: CloudFrontFunctionValues };
}

/** The request of an event. */
export interface CloudFrontFunctionEventRequest extends CloudFrontFunctionRequest {
  querystring: { [name: string]: CloudFrontFunctionValues };
  /** The query string as the viewer wrote it; `""` after a bare `?`, undefined without one (FN-I-09). */
  rawQueryString(): string | undefined;
}

/** A response that a function returns. */
export interface CloudFrontFunctionResponse {
  statusCode: number;
  statusDescription?: string;
  /** By lower-case name, without Set-Cookie. */
  headers?: { [name: string]: CloudFrontFunctionValues };
  cookies?: { [name: string]: CloudFrontFunctionResponseCookies };
  body?: CloudFrontFunctionBody;
}

/** The response of an event; its body is not shown (FN-I-12). */
export interface CloudFrontFunctionEventResponse extends CloudFrontFunctionResponse {
  statusDescription: string;
  headers: { [name: string]: CloudFrontFunctionValues };
  cookies: { [name: string]: CloudFrontFunctionResponseCookies };
}

/** What an event says of its distribution and request (FN-I-01). */
export interface CloudFrontFunctionContext<
  Type extends "viewer-request" | "viewer-response" = "viewer-request" | "viewer-response",
> {
  readonly distributionDomainName: string;
  readonly distributionId: string;
  readonly eventType: Type;
  readonly requestId: string;
}

interface CloudFrontFunctionEventOf<Type extends "viewer-request" | "viewer-response"> {
  readonly version: "1.0";
  readonly context: CloudFrontFunctionContext<Type>;
  readonly viewer: { readonly ip: string };
}

/**
 * Every request, before the cache.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export interface CloudFrontFunctionViewerRequestEvent extends CloudFrontFunctionEventOf<"viewer-request"> {
  request: CloudFrontFunctionEventRequest;
}

/** Every response whose status is below 400, before it goes to the viewer (FN-I-14). */
export interface CloudFrontFunctionViewerResponseEvent extends CloudFrontFunctionEventOf<"viewer-response"> {
  /** As viewer-request left it (FN-I-53). */
  readonly request: CloudFrontFunctionEventRequest;
  response: CloudFrontFunctionEventResponse;
}

/** What a viewer-request function returns: the request, or a response of its own. */
export type CloudFrontFunctionViewerRequestResult =
  | CloudFrontFunctionRequest
  | CloudFrontFunctionResponse;

/** The `handler` of a CloudFront Function on viewer-request. */
export type CloudFrontFunctionViewerRequestHandler = (
  event: CloudFrontFunctionViewerRequestEvent,
) => CloudFrontFunctionViewerRequestResult | Promise<CloudFrontFunctionViewerRequestResult>;

/** The `handler` of a CloudFront Function on viewer-response; it returns `event.response` (FN-I-38). */
export type CloudFrontFunctionViewerResponseHandler = (
  event: CloudFrontFunctionViewerResponseEvent,
) => CloudFrontFunctionResponse | Promise<CloudFrontFunctionResponse>;
