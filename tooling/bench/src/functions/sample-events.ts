const config = {
  distributionDomainName: "d111111abcdef8.cloudfront.net",
  distributionId: "EDFDVBD6EXAMPLE",
  requestId: "4TyzHTaYWb1GX1qTfsHhEqV6HUDd_BzoBZnwfnvQc_1oF26ClkoUSEQ==",
};

/** What Chromium sends when it navigates, as an event carries it. */
const browserHeaders = {
  host: [{ key: "Host", value: "d111111abcdef8.cloudfront.net" }],
  "user-agent": [
    { key: "User-Agent", value: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/140" },
  ],
  accept: [
    {
      key: "Accept",
      value:
        "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8",
    },
  ],
  "sec-fetch-mode": [{ key: "Sec-Fetch-Mode", value: "navigate" }],
  "sec-fetch-dest": [{ key: "Sec-Fetch-Dest", value: "document" }],
};

/** Returns the JSON of a request event, viewer or origin, for a browser's navigation. */
export function requestEventJson(uri: string, acceptLanguage?: string): string {
  const headers = {
    ...browserHeaders,
    ...(acceptLanguage !== undefined && {
      "accept-language": [{ key: "Accept-Language", value: acceptLanguage }],
    }),
  };
  const request = { clientIp: "203.0.113.178", method: "GET", uri, querystring: "" };
  return JSON.stringify({
    Records: [{ cf: { config, request: { ...request, headers } } }],
  });
}

/** Returns the JSON of a viewer-response event for an HTML page of an S3 origin. */
export function responseEventJson(): string {
  const { Records } = JSON.parse(requestEventJson("/index.html"));
  const response = {
    status: "200",
    statusDescription: "OK",
    headers: {
      "content-type": [{ key: "Content-Type", value: "text/html" }],
      date: [{ key: "Date", value: "Mon, 02 Mar 2026 09:00:00 GMT" }],
      etag: [{ key: "ETag", value: '"5d41402abc4b2a76b9719d911017c592"' }],
      server: [{ key: "Server", value: "AmazonS3" }],
    },
  };
  return JSON.stringify({ Records: [{ cf: { ...Records[0].cf, response } }] });
}

/** The events that a measurement takes in turn. */
export type SampleEvents =
  | {
      readonly type: "requests";
      readonly uris: readonly string[];
      /** @default - none */
      readonly acceptLanguage?: string;
    }
  | { readonly type: "html-response" };

/** Returns the JSON of each event. */
export function sampleEventJsons(events: SampleEvents): readonly string[] {
  if (events.type !== "requests") return [responseEventJson()];
  return events.uris.map((uri) => requestEventJson(uri, events.acceptLanguage));
}
