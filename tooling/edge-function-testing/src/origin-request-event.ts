import type { OriginRequest, OriginRequestEvent } from "cf-types";
import { eventConfig } from "./event-config.ts";

const bucket = "notes-site.s3.us-east-1.amazonaws.com";

/** Returns an origin-request event for an S3 origin with origin access control. */
export function originRequestEvent(given: Partial<OriginRequest> = {}): OriginRequestEvent {
  const request: OriginRequest = {
    clientIp: "203.0.113.17",
    method: "GET",
    uri: "/index.html",
    querystring: "",
    headers: {
      "x-forwarded-for": [{ key: "X-Forwarded-For", value: "203.0.113.17" }],
      "user-agent": [{ key: "User-Agent", value: "Amazon CloudFront" }],
      via: [
        { key: "Via", value: "2.0 0a1b2c3d4e5f60718293a4b5c6d7e8f9.cloudfront.net (CloudFront)" },
      ],
      host: [{ key: "Host", value: bucket }],
      "accept-encoding": [{ key: "Accept-Encoding", value: "br,gzip" }],
    },
    origin: {
      s3: {
        authMethod: "none",
        customHeaders: {},
        domainName: bucket,
        path: "",
        readTimeout: 30,
        responseCompletionTimeout: 30,
      },
    },
    ...given,
  };
  return { Records: [{ cf: { config: eventConfig("origin-request"), request } }] };
}
