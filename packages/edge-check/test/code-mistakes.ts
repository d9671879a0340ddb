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
  "a CloudFront Function with a class": {
    ruleId: "FN-I-18",

    at: edgeCode,
    make: (parts) => {
      parts.cloudFrontFunction("function handler(event) { class A {} return event.request; }");
    },
  },
  "a CloudFront Function with optional chaining": {
    ruleId: "FN-I-18",

    at: edgeCode,
    make: (parts) => {
      parts.cloudFrontFunction("function handler(event) { event.a?.b; return event.request; }");
    },
  },
  "a CloudFront Function with for\u2026of": {
    ruleId: "FN-I-26",

    at: edgeCode,
    make: (parts) => {
      parts.cloudFrontFunction(
        "function handler(event) { for (const a of []) console.log(a); return event.request; }",
      );
    },
  },
  "a CloudFront Function with await in an argument": {
    ruleId: "FN-I-44",

    at: edgeCode,
    make: (parts) => {
      parts.cloudFrontFunction(
        "async function handler(event) { String(await Promise.resolve(1)); return event.request; }",
      );
    },
  },
  "a CloudFront Function with a Map": {
    ruleId: "FN-I-45",

    at: edgeCode,
    make: (parts) => {
      parts.cloudFrontFunction("function handler(event) { new Map(); return event.request; }");
    },
  },
  "a CloudFront Function that sorts a copy": {
    ruleId: "FN-I-45",
    severity: "warning",
    at: edgeCode,
    make: (parts) => {
      parts.cloudFrontFunction(
        "function handler(event) { event.list.toSorted(); return event.request; }",
      );
    },
  },
  "const on cloudfront-js-1.0": {
    ruleId: "FN-I-46",

    at: edgeCode,
    make: (parts) => {
      parts.cloudFrontFunction("function handler(event) { const a = 1; return event.request; }");
      parts.properties("Edge")["FunctionConfig"]["Runtime"] = "cloudfront-js-1.0";
    },
  },
  "const on the CDK's default runtime": {
    ruleId: "FN-I-47",
    at: edgeCode,
    make: (parts) => {
      parts.cloudFrontFunction("function handler(event) { const a = 1; return event.request; }");
      parts.ofCdk("Edge");
    },
  },
  "the CDK's default runtime": {
    ruleId: "FN-I-47",
    severity: "info",
    at: edgeCode,
    make: (parts) => {
      parts.cloudFrontFunction("function handler(event) { var a = 1; return event.request; }");
      parts.ofCdk("Edge");
    },
  },
  "a CloudFront Function that imports a file": {
    ruleId: "FN-I-19",

    at: edgeCode,
    make: (parts) => {
      parts.cloudFrontFunction(
        "import fs from 'fs';\nfunction handler(event) {  return event.request; }",
      );
    },
  },
  "a header as a plain string": {
    ruleId: "FN-I-54",
    severity: "warning",
    at: edgeCode,
    make: (parts) => {
      parts.cloudFrontFunction(
        'function handler(event) { event.request.headers["x-a"] = "1"; return event.request; }',
      );
    },
  },
  "a response of its own on viewer-response": {
    ruleId: "FN-I-38",
    at: edgeCode,
    make: (parts) => {
      parts.onViewerResponse(
        'function handler(event) { return { statusCode: 302, headers: { location: { value: "/a" } } }; }',
      );
    },
  },
  "a CloudFront Function that is not published": {
    ruleId: "FN-I-28",
    severity: "warning",
    at: "Edge Properties.AutoPublish",
    make: (parts) => {
      parts.onViewerResponse("function handler(event) { return event.response; }");
      parts.properties("Edge")["AutoPublish"] = false;
    },
  },
  "a read of a key value store without a catch": {
    ruleId: "FN-I-48",
    severity: "warning",
    at: edgeCode,
    make: (parts) => parts.withStore(readingStore("await kvs.get('a');")),
  },
  "a read of a key value store that the function has not": {
    ruleId: "FN-I-31",
    at: edgeCode,
    make: (parts) => {
      parts.cloudFrontFunction(readingStore("await kvs.exists('a');"));
    },
  },
  "a key value store without function": {
    ruleId: "FN-I-31",
    severity: "info",
    at: "Store Properties.Name",
    make: (parts) => parts.add("Store", "AWS::CloudFront::KeyValueStore", { Name: "store" }),
  },
  "two CloudFront Functions of one name": {
    ruleId: "FN-I-56",
    at: "Other Properties.Name",
    make: (parts) => {
      parts.cloudFrontFunction("function handler(event) { return event.request; }");
      parts.add("Other", "AWS::CloudFront::Function", { ...parts.properties("Edge") });
    },
  },
};

function readingStore(statement: string): string {
  return `import cf from "cloudfront";
const kvs = cf.kvs();
async function handler(event) { ${statement} return event.request; }`;
}
