import type { EventResponse, OriginResponseEvent } from "cf-types";
import { eventConfig } from "./event-config.ts";
import { originRequestEvent } from "./origin-request-event.ts";

/** Returns an origin-response event for a page that an S3 origin served. */
export function originResponseEvent(given: Partial<EventResponse> = {}): OriginResponseEvent {
  const [{ cf }] = originRequestEvent().Records;
  const response: EventResponse = {
    status: "200",
    statusDescription: "OK",
    headers: {
      date: [{ key: "Date", value: "Mon, 12 Jan 2026 08:30:00 GMT" }],
      server: [{ key: "Server", value: "AmazonS3" }],
      "content-type": [{ key: "Content-Type", value: "text/html; charset=utf-8" }],
      etag: [{ key: "ETag", value: '"5f3c0d1e"' }],
    },
    ...given,
  };
  const config = eventConfig("origin-response");
  return { Records: [{ cf: { config, request: cf.request, response } }] };
}
