import type { ViewerEventResponse, ViewerResponseEvent } from "cf-types";
import { eventConfig } from "./event-config.ts";
import { originResponseEvent } from "./origin-response-event.ts";
import { viewerRequest } from "./viewer-request-event.ts";

/** Returns a viewer-response event for a page that the origin served. */
export function viewerResponseEvent(given: Partial<ViewerEventResponse> = {}): ViewerResponseEvent {
  const [{ cf }] = originResponseEvent().Records;
  const response: ViewerEventResponse = {
    ...cf.response,
    headers: {
      ...cf.response.headers,
      "content-length": [{ key: "Content-Length", value: "734" }],
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
