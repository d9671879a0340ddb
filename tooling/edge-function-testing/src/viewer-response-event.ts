import type { ViewerEventResponse, ViewerResponseEvent } from "cf-types";
import { eventConfig } from "./event-config.ts";
import { viewerRequest } from "./viewer-request-event.ts";

/** Returns a viewer-response event for a page that the origin served. */
export function viewerResponseEvent(given: Partial<ViewerEventResponse> = {}): ViewerResponseEvent {
  const response: ViewerEventResponse = {
    status: "200",
    statusDescription: "OK",
    headers: {
      date: [{ key: "Date", value: "Mon, 12 Jan 2026 08:30:00 GMT" }],
      server: [{ key: "Server", value: "AmazonS3" }],
      "content-type": [{ key: "Content-Type", value: "text/html; charset=utf-8" }],
      "content-length": [{ key: "Content-Length", value: "734" }],
      etag: [{ key: "ETag", value: '"5f3c0d1e"' }],
      "cache-control": [{ key: "Cache-Control", value: "public, max-age=60" }],
      via: [
        { key: "Via", value: "1.1 0a1b2c3d4e5f60718293a4b5c6d7e8f9.cloudfront.net (CloudFront)" },
      ],
    },
    ...given,
  };
  return {
    Records: [
      { cf: { config: eventConfig("viewer-response"), request: viewerRequest(), response } },
    ],
  };
}
