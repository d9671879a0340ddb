import {
  checkOriginRequestResult,
  checkViewerRequestResult,
  checkViewerResponseResult,
} from "cf-rules";
import type { EventHeaders, OriginRequest, ViewerRequest } from "cf-types";
import { originRequestEvent, viewerRequestEvent, viewerResponseEvent } from "edge-function-testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { compileOriginSelect } from "../compile/compile-origin-select.ts";
import { createOriginSelect } from "./origin-select.ts";

const handler = createOriginSelect(
  compileOriginSelect({
    origins: {
      api: { domainName: "api.example.com", path: "/v2", protocol: "http" },
      bucket: { domainName: "b.s3.amazonaws.com", indexDocument: "index.html" },
      other: { originId: "other" },
    },
    hosts: { "api.example.com": "api" },
    rules: [
      { hosts: ["pr-*.example.com"], prefix: "/previews/{1}" },
      { pathPattern: "/b*", origin: "bucket", prefix: "/site" },
      { cookies: { a: "1" }, origin: "other" },
      { headers: { accept: "x" }, origin: "api" },
    ],
    split: { percent: { api: 30, bucket: 30 } },
  }),
);

const text = fc.string({
  unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)),
});
const named = {
  host: ["api.example.com", "pr-1.example.com:80", "pr-%2f.example.com"],
  cookie: ["a=1", "origin=api"],
  "x-origin": ["api", "bucket", "__proto__", "toString"],
  accept: ["x"],
  "user-agent": ["y"],
};
const headers: fc.Arbitrary<EventHeaders> = fc
  .record(
    Object.fromEntries(
      Object.entries(named).map(([name, values]) => [
        name,
        fc.oneof(text, fc.constantFrom(...values)),
      ]),
    ),
    { requiredKeys: [] },
  )
  .map((each) =>
    Object.fromEntries(
      Object.entries(each).map(([key, value]) => [key, [{ key, value: String(value) }]]),
    ),
  );
const segment = fc.oneof(
  fc.constantFrom("b", "", "..", "%2e%2E", "%", "%zz", "é", "site", "a.b"),
  fc.webSegment(),
);
const uri = fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join("/")}`);
const ip = fc.oneof(fc.ipV4(), fc.ipV6());

it("of any request is one that CloudFront takes, decided once, and below its prefix", async () => {
  await fc.assert(
    fc.asyncProperty(uri, headers, ip, async (path, given, clientIp) => {
      const asked = { uri: path, headers: given, clientIp };
      const viewer = viewerRequestEvent(structuredClone(asked));
      const before = structuredClone(viewer.Records[0].cf.request);
      const once = structuredClone(await handler(viewer)) as ViewerRequest;
      expect(checkViewerRequestResult(once, before)).toMatchObject({ kind: "request" });
      const isPreview = /^pr-[a-z\d-]+\.example\.com(?::\d*)?$/i.test(
        given["host"]?.[0]?.value ?? "",
      );
      expect(once.uri.startsWith(isPreview ? "/previews/" : "/")).toBe(true);
      expect(once.uri).not.toMatch(isPreview ? /\/\.\.?(?:\/|$)/ : /^$/);

      const own = originRequestEvent().Records[0].cf.request.headers;
      const atOrigin = originRequestEvent({ ...asked, headers: { ...own, ...given } });
      const beforeOrigin = structuredClone(atOrigin.Records[0].cf.request);
      const sent = structuredClone(await handler(atOrigin)) as OriginRequest;
      expect(checkOriginRequestResult(sent, beforeOrigin)).toMatchObject({ kind: "request" });
      const decided = { ...own, ...given, "x-origin": once.headers["x-origin"] ?? [] };
      const after = originRequestEvent({ ...asked, uri: once.uri, headers: decided });
      expect(await handler(after)).toHaveProperty("uri", once.uri);

      const response = viewerResponseEvent();
      Object.assign(response.Records[0].cf.request, asked);
      const shown = structuredClone(response.Records[0].cf.response);
      const answered = await handler(response);
      expect(checkViewerResponseResult(structuredClone(answered), shown)).toMatchObject({
        kind: "response",
      });
    }),
    propertyRuns(2000),
  );
});
