import type { EventBody, ViewerRequest } from "cf-types";
import { describe, expect, it } from "vitest";
import { checkViewerRequestResult } from "./check-result.ts";
import type { RequestResultCheck } from "./check-result.ts";

const request: ViewerRequest & { body?: EventBody } = {
  clientIp: "192.0.2.44",
  method: "POST",
  uri: "/notes/1",
  querystring: "page=2",
  headers: {
    host: [{ key: "Host", value: "example.com" }],
    cookie: [
      { key: "Cookie", value: "a=1" },
      { key: "Cookie", value: "b=2" },
    ],
  },
  body: { inputTruncated: false, action: "read-only", encoding: "base64", data: "YWJj" },
};

/** The check of the event's request with some changes. */
function check(change: object): RequestResultCheck {
  return checkViewerRequestResult({ ...structuredClone(request), ...change }, request);
}

const withHeaders = (headers: object) => check({ headers: { ...request.headers, ...headers } });

function factOf(checked: RequestResultCheck): string {
  return checked.kind === "violation" ? checked.factId : checked.kind;
}

function warningsOf(checked: RequestResultCheck): string[] {
  return checked.kind === "violation" ? [] : checked.warnings.map(({ factId }) => factId);
}

describe("uri and querystring", () => {
  it.each<[string, object, string]>([
    ["LE-B-11", { uri: "index.html" }, "a uri without a leading slash"],
    ["LE-B-11", { uri: "" }, "an empty uri"],
    ["LE-B-11", { uri: "/a b" }, "a uri with a space"],
    ["LE-B-11", { uri: "/a\r\nX-Smuggled: 1" }, "a uri with a line break"],
    ["LE-B-56", { uri: undefined }, "no uri"],
    ["LE-B-56", { uri: 1 }, "a uri that is no string"],
    ["LE-B-10", { uri: `/${"a".repeat(9000)}` }, "a uri of 9,001 characters"],
    ["LE-B-10", { uri: `/${"a".repeat(8185)}` }, "a uri of 8,192 characters with the query string"],
    ["LE-B-09", { querystring: "a=b c" }, "a query string with a space"],
    ["LE-B-09", { querystring: "a=b#c" }, "a query string with a #"],
    ["LE-B-09", { querystring: "a=\n" }, "a query string with a control character"],
    ["LE-B-09", { querystring: 1 }, "a query string that is no string"],
  ])("%s: refuses %o (%s)", (factId, change) => {
    expect(factOf(check(change))).toBe(factId);
  });

  it.each<[string, object]>([
    ["an unchanged request", {}],
    ["an encoded uri", { uri: "/a%20b" }],
    ["a uri in UTF-8", { uri: "/ä" }],
    ["8,191 characters", { uri: `/${"a".repeat(8184)}` }],
    ["an empty query string", { querystring: "" }],
  ])("accepts %s", (_name, change) => {
    expect(check(change)).toMatchObject({ kind: "request", warnings: [] });
  });

  it("LE-B-11: names the uri in CloudFront's words and in ours", () => {
    expect(check({ uri: "index.html" })).toMatchInlineSnapshot(`
      {
        "detail": "uri is not a path: got "index.html". It starts with "/" and has neither spaces nor control characters.",
        "factId": "LE-B-11",
        "kind": "violation",
        "logText": "Lambda function result failed validation, uri is not a path: got "index.html". It starts with "/" and has neither spaces nor control characters.",
        "subject": "uri",
        "viewerText": "The Lambda function result failed validation: The function returned a request with an invalid URI format.",
      }
    `);
  });

  it.each<[string, object]>([
    ["LE-B-05", { method: "GET" }],
    ["LE-B-04", { clientIp: "203.0.113.1" }],
    ["LE-B-06", { querystring: "?a=b" }],
    ["LE-B-11", { uri: "/a?b=c" }],
    ["LE-B-28", { origin: {} }],
    ["LE-B-56", { headers: undefined }],
    ["LE-B-56", { querystring: undefined }],
  ])("%s: accepts %o with a warning", (factId, change) => {
    const checked = check(change);
    expect(checked.kind).toBe("request");
    expect(warningsOf(checked)).toEqual([factId]);
  });
});

describe("headers", () => {
  it("LE-C-10: unchanged headers are the event's own object", () => {
    const checked = check({ uri: "/other" });
    expect(checked.kind === "request" && checked.headers).toBe(request.headers);
  });

  it("LE-B-56: a deleted header is gone, the lines of others are the event's own", () => {
    const checked = check({ headers: { host: request.headers["host"] } });
    expect(checked).toMatchObject({
      kind: "request",
      headers: { host: [{ value: "example.com" }] },
    });
    expect(checked.kind === "request" && Object.keys(checked.headers)).toEqual(["host"]);
  });

  it.each<[string, object, object]>([
    ["LE-B-16", { "x-MY-header": [{ value: "1" }] }, { key: "X-My-Header", value: "1" }],
    [
      "LE-B-16",
      { "x-my-header": [{ key: "x-MY-header", value: "1" }] },
      { key: "x-MY-header", value: "1" },
    ],
    [
      "LE-B-17",
      { "x-my-header": [{ key: "X-B", value: "1" }] },
      { key: "X-My-Header", value: "1" },
    ],
    ["LE-C-12", { "X-My-Header": [{ value: "1" }] }, { key: "X-My-Header", value: "1" }],
  ])("%s: %o is written as %o", (_factId, headers, line) => {
    const checked = withHeaders(headers);
    expect(checked).toMatchObject({ kind: "request", headers: { "x-my-header": [line] } });
  });

  it("LE-B-17: a key that is another name gives a warning", () => {
    expect(warningsOf(withHeaders({ "x-a": [{ key: "X-B", value: "1" }] }))).toEqual(["LE-B-17"]);
  });

  it("LE-C-32: one line per value", () => {
    const checked = withHeaders({ "x-a": [{ value: "1" }, { value: "2" }] });
    expect(checked).toMatchObject({
      headers: {
        "x-a": [
          { key: "X-A", value: "1" },
          { key: "X-A", value: "2" },
        ],
      },
    });
  });

  it("LE-D-20: set-cookie on a request gives a warning", () => {
    expect(warningsOf(withHeaders({ "set-cookie": [{ value: "a=1" }] }))).toEqual(["LE-D-20"]);
  });

  it("LE-B-52: an echoed cloudfront-viewer-country of the viewer's own is accepted", () => {
    const headers = {
      ...request.headers,
      "cloudfront-viewer-country": [{ key: "x", value: "XX" }],
    };
    expect(
      checkViewerRequestResult({ ...request, headers: { ...headers } }, { ...request, headers })
        .kind,
    ).toBe("request");
  });

  it("a header named __proto__ is a header like any other", () => {
    const headers = JSON.parse(
      '{ "host": [{ "value": "example.com" }], "__proto__": [{ "value": "1" }] }',
    );
    const checked = check({ headers });
    expect(checked.kind === "request" && Object.keys(checked.headers)).toEqual([
      "host",
      "__proto__",
    ]);
  });

  it.each<[string, object]>([
    ["LE-C-01", { "x-cache": [{ value: "Hit" }] }],
    ["LE-C-01", { "X-Cache": [{ value: "Hit" }] }],
    ["LE-C-01", { "x-edge-location": [{ value: "x" }] }],
    ["LE-C-04", { host: [{ key: "Host", value: "other.example.com" }] }],
    ["LE-C-04", { via: [{ value: "1.1 me" }] }],
    ["LE-C-04", { HOST: [{ value: "other.example.com" }] }],
    ["LE-C-09", { host: [] }],
    ["LE-B-52", { "cloudfront-viewer-country": [{ value: "JP" }] }],
    ["LE-C-13", { "x-a": { value: "1" } }],
    ["LE-C-13", { "x-a": "1" }],
    ["LE-C-13", { "x-a": null }],
    ["LE-C-14", { "x-a": [{ key: "X-A", value: {} }] }],
    ["LE-C-14", { "x-a": [{ key: "X-A", value: 1 }] }],
    ["LE-C-14", { "x-a": [{ key: "X-A" }] }],
    ["LE-C-14", { "x-a": ["1"] }],
    ["LE-C-14", { "x-a": [null] }],
    ["LE-C-15", { "x-a": [{ value: "a\r\nX-Smuggled: 1" }] }],
    ["LE-C-15", { "x-a": [{ value: "a\u0000" }] }],
    ["LE-C-15", { "x-a\r\nx-smuggled": [{ value: "1" }] }],
    ["LE-C-15", { "": [{ value: "1" }] }],
  ])("%s: refuses %o", (factId, headers) => {
    expect(factOf(withHeaders(headers))).toBe(factId);
  });

  it.each([[null], [[]], ["text"], [1]])("LE-C-13: refuses %o as headers", (headers) => {
    expect(factOf(check({ headers }))).toBe("LE-C-13");
  });

  it("LE-C-15: names the character as CloudFront's log does", () => {
    expect(withHeaders({ location: [{ value: "/a\r" }] })).toMatchObject({
      detail: `headers.location has the invalid character '%0D' in its value: got "/a\\r".`,
    });
  });

  it("LE-C-04: names the read-only header", () => {
    expect(withHeaders({ host: [{ value: "other" }] })).toMatchInlineSnapshot(`
      {
        "detail": "headers.host is read-only at viewer-request and was changed: got "other" for "example.com". Return it as it came in the event.",
        "factId": "LE-C-04",
        "kind": "violation",
        "logText": "Lambda function result failed validation, the function tried to change read-only header, headerName : Host.",
        "subject": "headers.host",
        "viewerText": "The Lambda function result failed validation: The function tried to add, delete, or change a read-only header.",
      }
    `);
  });
});

describe("body", () => {
  const body = (change: object) => check({ body: { ...request.body, ...change } });

  it("LE-B-24: without replace the original body goes on, changes give a warning", () => {
    const checked = body({ data: "ZGVm" });
    expect(checked).toMatchObject({ kind: "request", body: undefined });
    expect(warningsOf(checked)).toEqual(["LE-B-24"]);
  });

  it("LE-B-25: replace takes base64 where no encoding is given", () => {
    expect(check({ body: { action: "replace", data: "ZGVm" } })).toMatchObject({
      body: { encoding: "base64", data: "ZGVm" },
    });
  });

  it("LE-B-27: a body may be replaced that was not in the event", () => {
    const { body: _body, ...bare } = request;
    const replaced = { ...bare, body: { action: "replace", encoding: "text", data: "x" } };
    expect(checkViewerRequestResult(replaced, bare)).toMatchObject({ body: { data: "x" } });
  });

  it.each<[string, object]>([
    ["LE-B-21", { action: "append" }],
    ["LE-B-25", { action: "replace", data: "***" }],
    ["LE-B-25", { action: "replace", data: "YWJ" }],
    ["LE-B-25", { action: "replace", encoding: "hex", data: "61" }],
    ["LE-D-26", { action: "replace", data: { a: 1 } }],
    ["LE-B-26", { action: "replace", encoding: "text", data: "x".repeat(41 * 1024) }],
    ["LE-B-26", { action: "replace", encoding: "text", data: "ä".repeat(21 * 1024) }],
    ["LE-B-26", { action: "replace", data: "YWJj".repeat(14_000) }],
  ])("%s: refuses a body", (factId, change) => {
    expect(factOf(body(change))).toBe(factId);
  });

  it("LE-B-26: 40 KB of text and 53.2 KB of base64 are accepted", () => {
    expect(body({ action: "replace", encoding: "text", data: "x".repeat(40_960) }).kind).toBe(
      "request",
    );
    expect(body({ action: "replace", data: "YWJj".repeat(13_619) }).kind).toBe("request");
  });

  it("LE-B-21: refuses a body that is no object", () => {
    expect(factOf(check({ body: "text" }))).toBe("LE-B-21");
  });
});

describe("what is neither a request nor a response", () => {
  it.each<[string, unknown, string]>([
    [
      "LE-B-54",
      null,
      "The Lambda function returned invalid JSON: The JSON output must be an object type.",
    ],
    [
      "LE-B-54",
      "text",
      "The Lambda function returned invalid JSON: The JSON output must be an object type.",
    ],
    [
      "LE-B-54",
      [],
      "The Lambda function returned invalid JSON: The JSON output must be an object type.",
    ],
    ["LE-B-55", {}, "The Lambda function returned an invalid request or response to CloudFront."],
    [
      "LE-B-55",
      { Records: [] },
      "The Lambda function returned an invalid request or response to CloudFront.",
    ],
    [
      "LE-D-25",
      { statusCode: 200, body: "x" },
      "The Lambda function returned an invalid request or response to CloudFront.",
    ],
  ])("%s: refuses %o", (factId, result, viewerText) => {
    expect(checkViewerRequestResult(result, request)).toMatchObject({ factId, viewerText });
  });
});
