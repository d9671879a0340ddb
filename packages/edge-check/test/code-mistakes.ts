import type { Mistake } from "./mistake.ts";

const code = "Rewrite Properties.Code";
const edgeCode = "Edge Properties.FunctionCode";

/** Mistakes in what a function does, by the name of the test. */
export const codeMistakes: Readonly<Record<string, Mistake>> = {
  "a disallowed header set": {
    ruleId: "LE-C-01",
    at: code,
    make: (parts) =>
      parts.viewerRequest('request.headers["x-real-ip"] = [{ value: "1" }];', "return request;"),
  },
  "a read-only header set at viewer-request": {
    ruleId: "LE-C-04",
    at: code,
    make: (parts) =>
      parts.viewerRequest('request.headers.host = [{ value: "a" }];', "return request;"),
  },
  "a read-only header set at origin-request": {
    ruleId: "LE-C-05",
    at: code,
    make: (parts) =>
      parts.moved(
        "origin-request",
        "const { headers } = request;",
        'headers["accept-encoding"] = [{ value: "br" }];',
        "return request;",
      ),
  },
  "a read-only header set at origin-response": {
    ruleId: "LE-C-06",
    at: code,
    make: (parts) =>
      parts.moved(
        "origin-response",
        'response.headers["via"] = [{ value: "me" }];',
        "return response;",
      ),
  },
  "a read-only header set at viewer-response": {
    ruleId: "LE-C-07",
    at: code,
    make: (parts) =>
      parts.moved(
        "viewer-response",
        'response.headers["content-encoding"] = [{ value: "br" }];',
        "return response;",
      ),
  },
  "response headers built anew": {
    ruleId: "LE-C-09",
    severity: "warning",
    at: code,
    make: (parts) =>
      parts.moved(
        "viewer-response",
        'response.headers = { "x-a": [{ value: "1" }] };',
        "return response;",
      ),
  },
  "a generated response with Content-Length": {
    ruleId: "LE-C-11",
    at: code,
    make: (parts) =>
      parts.viewerRequest(
        'return { status: "200", headers: { "content-length": [{ value: "2" }] }, body: "ok" };',
      ),
  },
  "a generated response whose status is none": {
    ruleId: "LE-D-03",
    at: code,
    make: (parts) => parts.viewerRequest('return { status: "600", body: "ok" };'),
  },
  "status 204 with a body at viewer-request": {
    ruleId: "LE-D-06",
    at: code,
    make: (parts) => parts.viewerRequest('return { status: "204", body: "ok" };'),
  },
  "a body that is an object": {
    ruleId: "LE-D-26",
    at: code,
    make: (parts) => parts.viewerRequest('return { status: "200", body: { ok: true } };'),
  },
  "a status changed at viewer-response": {
    ruleId: "LE-D-16",
    at: code,
    make: (parts) => parts.moved("viewer-response", 'response.status = "404";', "return response;"),
  },
  "a body changed at viewer-response": {
    ruleId: "LE-D-17",
    at: code,
    make: (parts) => parts.moved("viewer-response", 'response.body = "gone";', "return response;"),
  },
  "a handler that returns nothing": {
    ruleId: "LE-B-54",
    at: code,
    make: (parts) => parts.viewerRequest('request.uri = "/";'),
  },
  "a branch that returns nothing": {
    ruleId: "LE-B-54",
    at: code,
    make: (parts) => parts.viewerRequest('if (request.uri === "/") return;', "return request;"),
  },
  "the request body read without IncludeBody": {
    ruleId: "LE-B-20",
    severity: "warning",
    at: code,
    make: (parts) => parts.viewerRequest("console.log(request.body);", "return request;"),
  },
  "the query string read when it is not forwarded": {
    ruleId: "LE-B-07",
    severity: "warning",
    at: code,
    make: (parts) =>
      parts.moved("origin-request", "console.log(request.querystring);", "return request;"),
  },
  "the viewer's country read at viewer-request": {
    ruleId: "LE-B-50",
    severity: "warning",
    at: code,
    make: (parts) =>
      parts.viewerRequest(
        'console.log(request.headers["cloudfront-viewer-country"]);',
        "return request;",
      ),
  },
  "a CloudFront Function above 10,240 bytes": {
    ruleId: "FN-I-15",
    at: edgeCode,
    make: (parts) =>
      parts.cloudFrontFunction(
        `function handler(event) { return event.request; } // ${"a".repeat(10_240)}`,
      ),
  },
  "a CloudFront Function without handler": {
    ruleId: "FN-I-17",
    at: edgeCode,
    make: (parts) => parts.cloudFrontFunction("function main(event) { return event.request; }"),
  },
  "a CloudFront Function that fetches": {
    ruleId: "FN-I-19",
    at: edgeCode,
    make: (parts) =>
      parts.cloudFrontFunction(
        'async function handler(event) { await fetch("https://a"); return event.request; }',
      ),
  },
  "a CloudFront Function that logs several values": {
    ruleId: "FN-I-19",
    severity: "info",
    at: edgeCode,
    make: (parts) =>
      parts.cloudFrontFunction(
        'function handler(event) { console.log("a", event); return event.request; }',
      ),
  },
  "a CloudFront Function that sets a header in capitals": {
    ruleId: "FN-I-07",
    at: edgeCode,
    make: (parts) =>
      parts.cloudFrontFunction(
        'function handler(event) { event.request.headers["X-A"] = { value: "1" }; return event.request; }',
      ),
  },
};
