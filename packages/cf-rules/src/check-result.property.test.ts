import type { EventHeaders, EventResponse, OriginRequest } from "cf-types";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import {
  checkOriginRequestResult,
  checkOriginResponseResult,
  checkViewerRequestResult,
  checkViewerResponseResult,
} from "./check-result.ts";
import type { RequestResultCheck } from "./check-result.ts";
import { isDisallowedHeader } from "./header-rules.ts";

const request: OriginRequest = {
  clientIp: "192.0.2.44",
  method: "POST",
  uri: "/",
  querystring: "",
  headers: { host: [{ key: "Host", value: "example.com" }] },
  origin: {
    s3: { authMethod: "none", customHeaders: {}, domainName: "b.s3.amazonaws.com", path: "" },
  },
};
const response: EventResponse = {
  status: "200",
  statusDescription: "OK",
  headers: { via: [{ key: "Via", value: "1.1 edge" }] },
};

const headerName = fc.oneof(
  fc.constantFrom("host", "Via", "x-cache", "X-A", "__proto__", "constructor", "set-cookie"),
  fc.string({ unit: "binary", maxLength: 8 }),
);
const headerLines = fc.oneof(
  fc.jsonValue({ maxDepth: 2 }),
  fc.array(
    fc.record(
      { key: headerName, value: fc.oneof(fc.string({ unit: "binary" }), fc.jsonValue()) },
      { requiredKeys: [] },
    ),
    { maxLength: 3 },
  ),
);
const headers = fc.oneof(fc.jsonValue(), fc.dictionary(headerName, headerLines, { maxKeys: 4 }));
const body = fc.oneof(
  fc.jsonValue(),
  fc.record(
    { action: fc.constantFrom("replace", "read-only"), encoding: fc.string(), data: fc.string() },
    { requiredKeys: [] },
  ),
);

/** Results that look right enough to get past the first checks. */
const result = fc.oneof(
  fc.jsonValue(),
  fc.record(
    {
      status: fc.oneof(fc.constantFrom("200", "404", 302, "99"), fc.jsonValue()),
      statusDescription: fc.string({ unit: "binary" }),
      uri: fc.oneof(fc.webPath(), fc.string({ unit: "binary" }), fc.jsonValue()),
      querystring: fc.oneof(fc.webQueryParameters(), fc.string({ unit: "binary" })),
      method: fc.string(),
      headers,
      body,
      bodyEncoding: fc.constantFrom("text", "base64", "hex"),
      origin: fc.oneof(
        fc.jsonValue(),
        fc.record({ custom: fc.jsonValue(), s3: fc.jsonValue() }, { requiredKeys: [] }),
      ),
    },
    { requiredKeys: [] },
  ),
);

const checks: Record<string, (value: unknown) => RequestResultCheck> = {
  "viewer-request": (value) => checkViewerRequestResult(value, request),
  "origin-request": (value) => checkOriginRequestResult(value, request),
  "origin-response": (value) => checkOriginResponseResult(value, response),
  "viewer-response": (value) => checkViewerResponseResult(value, response),
};

// oxlint-disable-next-line no-control-regex -- they are what is looked for
const controlCharacter = /[\u0000-\u0008\u000a-\u001f\u007f]/;
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const forbiddenInUri = /[\u0000-\u0020\u007f]/;

/** What an accepted or refused result would do wrong further on. */
function harmOf(checked: RequestResultCheck): unknown[] {
  switch (checked.kind) {
    case "violation":
      return /^LE-[BCD]-\d\d$/.test(checked.factId) && checked.detail.endsWith(".")
        ? []
        : [checked];
    case "request": {
      const { uri, querystring } = checked;
      const isPath = uri.startsWith("/") && !forbiddenInUri.test(uri + querystring);
      return [...(isPath ? [] : [uri, querystring]), ...harmfulHeaders(checked.headers)];
    }
    default: {
      const { status, statusDescription } = checked;
      const isStatus = status >= 200 && status < 600 && !controlCharacter.test(statusDescription);
      return [...(isStatus ? [] : [status, statusDescription]), ...harmfulHeaders(checked.headers)];
    }
  }
}

function harmfulHeaders(headers: EventHeaders): unknown[] {
  return Object.entries(headers).filter(
    ([name, lines]) =>
      isDisallowedHeader(name) ||
      name !== name.toLowerCase() ||
      lines.some(
        ({ key, value }) => key.toLowerCase() !== name || controlCharacter.test(name + value),
      ),
  );
}

describe("whatever a function returns", () => {
  it.each(Object.entries(checks))(
    "at %s it is refused with its fact, or accepted without harm",
    (_eventType, check) => {
      fc.assert(
        fc.property(result, (value) => {
          // Results cross the threads as JSON.
          expect(harmOf(check(JSON.parse(JSON.stringify(value))))).toEqual([]);
        }),
        propertyRuns(2000),
      );
    },
  );
});
