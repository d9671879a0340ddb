import type { EventResponse, EventType, OriginRequest } from "cf-types";
import { describe, expect, it } from "vitest";
import {
  checkOriginRequestResult,
  checkOriginResponseResult,
  checkViewerRequestResult,
  checkViewerResponseResult,
  readResult,
} from "./check-result.ts";
import type { RequestResultCheck } from "./check-result.ts";

const request: OriginRequest = {
  clientIp: "192.0.2.44",
  method: "GET",
  uri: "/",
  querystring: "",
  headers: {},
  origin: {
    s3: { authMethod: "none", customHeaders: {}, domainName: "b.s3.amazonaws.com", path: "" },
  },
};

const response: EventResponse = {
  status: "200",
  statusDescription: "OK",
  headers: {
    "content-type": [{ key: "Content-Type", value: "text/html" }],
    "content-length": [{ key: "Content-Length", value: "5" }],
    "transfer-encoding": [{ key: "Transfer-Encoding", value: "chunked" }],
  },
};

const check: Readonly<Record<EventType, (result: unknown) => RequestResultCheck>> = {
  "viewer-request": (result) => checkViewerRequestResult(result, request),
  "origin-request": (result) => checkOriginRequestResult(result, request),
  "origin-response": (result) => checkOriginResponseResult(result, response),
  "viewer-response": (result) => checkViewerResponseResult(result, response),
};

function factOf(checked: RequestResultCheck): string {
  return checked.kind === "violation" ? checked.factId : checked.kind;
}

const changed = (change: object) => ({ ...structuredClone(response), ...change });

describe("a generated response", () => {
  it.each(["viewer-request", "origin-request"] as const)(
    "LE-D-01: at %s needs nothing but a status",
    (eventType) => {
      expect(check[eventType]({ status: "200" })).toEqual({
        kind: "generated-response",
        status: 200,
        statusDescription: "",
        headers: {},
        body: undefined,
        warnings: [],
      });
    },
  );

  it.each<[string, EventType, object]>([
    ["LE-D-03", "viewer-request", { status: "100" }],
    ["LE-D-03", "viewer-request", { status: "600" }],
    ["LE-D-03", "viewer-request", { status: "200 OK" }],
    ["LE-D-03", "viewer-request", { status: null }],
    ["LE-D-03", "viewer-request", { status: 200.5 }],
    ["LE-D-04", "viewer-request", { status: "200", statusDescription: "a\r\nb" }],
    ["LE-D-04", "viewer-request", { status: "200", statusDescription: 1 }],
    ["LE-D-05", "viewer-request", { status: "200", body: "x", bodyEncoding: "hex" }],
    ["LE-D-05", "viewer-request", { status: "200", body: "***", bodyEncoding: "base64" }],
    ["LE-D-06", "viewer-request", { status: "204", body: "x" }],
    ["LE-D-08", "viewer-request", { status: "200", body: "x".repeat(41_000) }],
    ["LE-D-08", "origin-request", { status: "200", body: "x".repeat(1_048_577) }],
    ["LE-D-26", "origin-request", { status: "200", body: { a: 1 } }],
    ["LE-D-26", "origin-request", { status: "200", body: null }],
    ["LE-C-01", "viewer-request", { status: "200", headers: { connection: [{ value: "close" }] } }],
    [
      "LE-C-11",
      "viewer-request",
      { status: "200", headers: { "content-length": [{ value: "1" }] } },
    ],
    [
      "LE-C-11",
      "origin-request",
      { status: "200", headers: { "Content-Length": [{ value: "1" }] } },
    ],
    ["LE-C-13", "origin-request", { status: "200", headers: { "x-a": "1" } }],
  ])("%s: at %s refuses %o", (factId, eventType, result) => {
    expect(factOf(check[eventType](result))).toBe(factId);
  });

  it("LE-D-08, LE-E-05: headers count as well", () => {
    const body = "x".repeat(40 * 1024 - 30);
    const headers = { "x-a": [{ value: "y".repeat(40) }] };
    expect(factOf(check["viewer-request"]({ status: "200", body }))).toBe("generated-response");
    expect(factOf(check["viewer-request"]({ status: "200", body, headers }))).toBe("LE-D-08");
  });

  it("LE-D-02: a number as status is taken with a warning", () => {
    expect(check["origin-request"]({ status: 302 })).toMatchObject({
      status: 302,
      warnings: [{ factId: "LE-D-02" }],
    });
  });

  it("LE-D-07: 204 with a body at origin-request gives a warning", () => {
    expect(check["origin-request"]({ status: "204", body: "x" })).toMatchObject({
      kind: "generated-response",
      warnings: [{ factId: "LE-D-07" }],
    });
  });

  it("LE-D-19: a redirect is a status and a location", () => {
    expect(
      check["viewer-request"]({ status: "301", headers: { location: [{ value: "/b" }] } }),
    ).toMatchObject({ status: 301, headers: { location: [{ key: "Location", value: "/b" }] } });
  });

  it("LE-B-55: a status makes a result a response, even with a uri", () => {
    expect(check["viewer-request"]({ status: "200", uri: "/a" }).kind).toBe("generated-response");
  });
});

describe("the result of an origin-response function", () => {
  it("LE-D-13, LE-D-14: status, headers and body may change; no body keeps the origin's", () => {
    expect(check["origin-response"](changed({ status: "404", body: "gone" }))).toMatchObject({
      kind: "response",
      status: 404,
      body: { encoding: "text", data: "gone" },
    });
    expect(check["origin-response"](changed({}))).toMatchObject({ body: undefined });
    expect(check["origin-response"](changed({ body: "" }))).toMatchObject({ body: { data: "" } });
  });

  it("LE-C-10: unchanged headers are the event's own object", () => {
    const checked = check["origin-response"](changed({ status: "404" }));
    expect(checked.kind === "response" && checked.headers).toBe(response.headers);
  });

  it.each<[string, unknown]>([
    ["LE-C-09", { status: "200", headers: {} }],
    ["LE-C-09", { status: "200" }],
    ["LE-C-06", changed({ headers: { ...response.headers, via: [{ value: "1.1 me" }] } })],
    ["LE-D-15", changed({ body: "x".repeat(1_100_000) })],
    ["LE-D-26", changed({ body: 1 })],
    ["LE-B-53", request],
    ["LE-B-53", {}],
    ["LE-B-54", null],
  ])("%s: refuses %o", (factId, result) => {
    expect(factOf(check["origin-response"](result))).toBe(factId);
  });

  it("LE-C-09: names the deleted header", () => {
    expect(check["origin-response"]({ status: "200", headers: {} })).toMatchInlineSnapshot(`
      {
        "detail": "headers.transfer-encoding is read-only at origin-response and was deleted. Return it as it came in the event.",
        "factId": "LE-C-09",
        "kind": "violation",
        "logText": "Lambda function result failed validation, the function tried to delete read-only header, headerName : Transfer-Encoding.",
        "subject": "headers.transfer-encoding",
        "viewerText": "The Lambda function result failed validation: The function tried to add, delete, or change a read-only header.",
      }
    `);
  });

  it("LE-C-30: cache-control, expires and set-cookie may be set", () => {
    const headers = {
      ...response.headers,
      "cache-control": [{ value: "max-age=5" }],
      "set-cookie": [{ value: "a=1" }, { value: "b=2" }],
    };
    expect(check["origin-response"](changed({ headers })).kind).toBe("response");
  });
});

describe("the result of a viewer-response function", () => {
  it("LE-C-07: accepts added headers", () => {
    const headers = { ...response.headers, "x-frame-options": [{ value: "DENY" }] };
    expect(check["viewer-response"](changed({ headers }))).toMatchObject({
      kind: "response",
      status: 200,
      statusDescription: "OK",
      headers: { "x-frame-options": [{ key: "X-Frame-Options", value: "DENY" }] },
    });
  });

  it.each<[string, unknown]>([
    ["LE-D-16", changed({ status: "201" })],
    ["LE-D-17", changed({ body: "x" })],
    ["LE-C-07", changed({ headers: { ...response.headers, warning: [{ value: "199" }] } })],
    [
      "LE-C-07",
      changed({ headers: { ...response.headers, "content-encoding": [{ value: "br" }] } }),
    ],
    ["LE-C-07", changed({ headers: { ...response.headers, "content-length": [{ value: "6" }] } })],
    ["LE-C-09", { status: "200", headers: {} }],
    ["LE-B-53", { headers: response.headers }],
    ["LE-B-54", "text"],
  ])("%s: refuses %o", (factId, result) => {
    expect(factOf(check["viewer-response"](result))).toBe(factId);
  });

  it("LE-D-16: a changed statusDescription is ignored with a warning", () => {
    expect(check["viewer-response"](changed({ statusDescription: "Fine" }))).toMatchObject({
      statusDescription: "OK",
      warnings: [{ factId: "LE-D-16" }],
    });
  });
});

describe("readResult", () => {
  it("reads JSON", () => {
    expect(readResult('{"status":"200"}')).toEqual({ kind: "result", result: { status: "200" } });
  });

  it("LE-C-33: refuses more than the way back carries", () => {
    expect(readResult(`"${"x".repeat(2_097_152)}"`)).toMatchObject({ factId: "LE-C-33" });
  });

  it("LE-B-54: refuses what is no JSON", () => {
    expect(readResult("{")).toMatchObject({
      factId: "LE-B-54",
      viewerText: "The Lambda function returned invalid JSON: The JSON output is not parsable.",
    });
  });
});
