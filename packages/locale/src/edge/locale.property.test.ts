import { checkViewerRequestResult } from "cf-rules";
import type { EventHeaders, ViewerRequest } from "cf-types";
import { viewerRequestEvent } from "edge-function-testing";
import fc from "fast-check";
import { expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { compileLocale } from "../compile/compile-locale.ts";
import { createLocale } from "./locale.ts";

const options = fc.record(
  {
    locales: fc.constantFrom(["en", "de", "pt-BR"], ["zh-Hant", "zh-Hans"], ["de", "de-AT"]),
    mode: fc.constantFrom("redirect" as const, "rewrite" as const, "header" as const),
    xDefault: fc.constantFrom("", "/int", "/en/int"),
    exclude: fc.constantFrom([], ["/a*"]),
  },
  { requiredKeys: ["locales"] },
);
const text = fc.oneof(
  fc.string({ unit: fc.integer({ min: 32, max: 126 }).map((code) => String.fromCharCode(code)) }),
  fc.constantFrom("de", "en;q=0.5, de", "zh-TW", "locale=de", "Googlebot", "text/html", "*/*"),
);
const headers: fc.Arbitrary<EventHeaders> = fc
  .dictionary(
    fc.constantFrom("accept-language", "cookie", "user-agent", "accept", "sec-fetch-dest"),
    fc.array(text, { minLength: 1, maxLength: 2 }),
  )
  .map((each) =>
    Object.fromEntries(
      Object.entries(each).map(([key, values]) => [key, values.map((value) => ({ key, value }))]),
    ),
  );
const segment = fc.oneof(
  fc.constantFrom(
    "de",
    "DE",
    "en",
    "int",
    "pt-br",
    "zh-Hant",
    "",
    "..",
    "%2f",
    "a.b",
    "index.html",
  ),
  fc.webSegment(),
);
const uri = fc.array(segment, { maxLength: 5 }).map((segments) => `/${segments.join("/")}`);
const request: fc.Arbitrary<Partial<ViewerRequest>> = fc.record({
  uri,
  headers,
  method: fc.constantFrom("GET", "HEAD", "POST"),
  querystring: fc.constantFrom("", "a=1&b=%20", "x"),
});

it("of any options and any request is one that CloudFront takes, settled, and never a loop", async () => {
  await fc.assert(
    fc.asyncProperty(options, request, async (given, asked) => {
      const handler = createLocale(compileLocale(given));
      const event = viewerRequestEvent(structuredClone(asked));
      const before = structuredClone(event.Records[0].cf.request);
      const result = structuredClone(await handler(event));
      const { kind } = checkViewerRequestResult(result, before);
      expect(kind).toBe("uri" in result ? "request" : "generated-response");
      const location = "uri" in result ? result.uri : result.headers?.["location"]?.[0]?.value;
      expect(location).toMatch(/^\//);
      const [path = ""] = (location ?? "").split("?");
      const headers = "uri" in result ? (result.headers as EventHeaders) : before.headers;
      const next = viewerRequestEvent(structuredClone({ ...before, uri: path, headers }));
      const settled = "uri" in result ? result : { uri: path };
      expect(await handler(next)).toMatchObject(settled);
    }),
    propertyRuns(3000),
  );
});
