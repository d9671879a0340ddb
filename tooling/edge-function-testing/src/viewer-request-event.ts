import type { ViewerRequest, ViewerRequestEvent } from "cf-types";
import { eventConfig } from "./event-config.ts";

/** Returns the request that a viewer sends for a page, except where `given` says otherwise. */
export function viewerRequest(given: Partial<ViewerRequest> = {}): ViewerRequest {
  return {
    clientIp: "203.0.113.17",
    method: "GET",
    uri: "/",
    querystring: "",
    headers: {
      host: [{ key: "Host", value: "d1a2b3c4e5f6g7.cloudfront.net" }],
      "user-agent": [{ key: "user-agent", value: "Mozilla/5.0 (test)" }],
      accept: [{ key: "accept", value: "text/html,application/xhtml+xml,*/*;q=0.8" }],
      "accept-encoding": [{ key: "accept-encoding", value: "gzip, deflate, br" }],
      cookie: [{ key: "cookie", value: "theme=light" }],
    },
    ...given,
  };
}

/** Returns a viewer-request event as CloudFront hands it to a function. */
export function viewerRequestEvent(given: Partial<ViewerRequest> = {}): ViewerRequestEvent {
  return {
    Records: [{ cf: { config: eventConfig("viewer-request"), request: viewerRequest(given) } }],
  };
}
