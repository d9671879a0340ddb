import {
  loadCloudFrontFunction,
  testBothEngines,
  viewerRequestEvent,
  viewerResponseEvent,
} from "edge-function-testing";
import { describe } from "vitest";
import type { ViewerRequestHandler, ViewerResponseHandler } from "cf-types";
import { compileOriginSelect, createOriginSelect } from "origin-select";

const options = compileOriginSelect({
  origins: {
    api: { domainName: "api.example.com" },
    bucket: { domainName: "b.s3.eu-west-1.amazonaws.com", indexDocument: "index.html" },
  },
  hosts: { "api.example.com": "api" },
  rules: [
    { hosts: ["pr-*.example.com"], prefix: "/previews/{1}" },
    { pathPattern: "/docs*", origin: "bucket" },
    { cookies: { beta: "1" }, origin: "api" },
  ],
  split: { percent: { api: 30, bucket: 30 } },
});
const built = await loadCloudFrontFunction(`${import.meta.dirname}/..`, options);
const hosts = ["www.example.com", "api.example.com", "pr-1.example.com", "__proto__"];
const uris = ["/", "/docs", "/docs/a.js", "/../x", "/%zz"];
const cookies = ["a=1", "beta=1", "origin=bucket", "origin=default", "origin=%"];

describe("both engines", () => {
  const requests = hosts.flatMap((host) =>
    uris.map((uri, index) => {
      const headers = {
        host: [{ key: "Host", value: host }],
        "x-origin": [{ key: "X-Origin", value: "bucket" }],
        "user-agent": [{ key: "User-Agent", value: `${host}${index}` }],
        cookie: [{ key: "Cookie", value: cookies[index] ?? "" }],
      };
      return viewerRequestEvent({ uri, headers });
    }),
  );
  const responses = cookies.map((value) => {
    const event = viewerResponseEvent();
    event.Records[0].cf.request.headers["cookie"] = [{ key: "Cookie", value }];
    return event;
  });
  const atRequest: ViewerRequestHandler = createOriginSelect(options);
  const atResponse: ViewerResponseHandler = createOriginSelect(options);
  testBothEngines(built, { handler: atRequest, events: requests });
  testBothEngines(built, { handler: atResponse, events: responses });
});
