import { describe, expect, it } from "vitest";
import {
  checkCloudFrontFunctionResult,
  type CloudFrontFunctionResultScope,
} from "./check-cloudfront-function-result.ts";

const request = {
  method: "GET",
  uri: "/",
  querystring: {},
  headers: { host: { value: "d111.cloudfront.net" } },
  cookies: {},
};
const response = {
  statusCode: 200,
  statusDescription: "OK",
  headers: { via: { value: "1.1 a (CloudFront)" }, etag: { value: '"a"' } },
  cookies: {},
};
const atRequest: CloudFrontFunctionResultScope = { eventType: "viewer-request", request };
const atResponse: CloudFrontFunctionResultScope = {
  eventType: "viewer-response",
  request,
  response,
};

function outcome(result: unknown, scope = atRequest): string {
  const checked = checkCloudFrontFunctionResult(JSON.stringify(result), scope);
  return checked.kind === "violation"
    ? `${checked.factId}: ${checked.viewerText} | ${checked.detail}`
    : [checked.kind, ...checked.warnings.map(({ factId }) => factId)].join(" ");
}

describe("at viewer-request", () => {
  it("the request of the event, or a response, is accepted", () => {
    expect(outcome(request)).toBe("request");
    expect(outcome({ statusCode: 302, headers: { location: { value: "/a" } } })).toBe("response");
    expect(outcome({ statusCode: 200, body: "hi" })).toBe("response");
    expect(outcome({ statusCode: 200, body: { encoding: "base64", data: "aGk=" } })).toBe(
      "response",
    );
    expect(outcome({ ...request, querystring: "b=1&a=2" })).toBe("request");
  });

  it("FN-I-03: the method is left as it is, with a warning", () => {
    const checked = checkCloudFrontFunctionResult(
      JSON.stringify({ ...request, method: "POST" }),
      atRequest,
    );
    expect(checked).toMatchObject({
      kind: "request",
      request: { method: "GET" },
      warnings: [{ factId: "FN-I-03" }],
    });
  });

  it("FN-I-54: a header given as a plain string is a warning", () => {
    expect(outcome({ ...request, headers: { ...request.headers, "x-a": "b" } })).toBe(
      "request FN-I-54",
    );
  });

  it("FN-I-07, FN-I-11, FN-I-20, FN-I-24: anything else is refused in CloudFront's words", () => {
    expect([
      outcome(undefined),
      outcome("/a"),
      outcome({ ...request, uri: "a" }),
      outcome({ ...request, headers: { ...request.headers, "X-A": { value: "b" } } }),
      outcome({ statusCode: 302, headers: { Location: { value: "/a" } } }),
      outcome({ ...request, headers: { host: { value: "other" } } }),
      outcome({ ...request, headers: {} }),
      outcome({ ...request, headers: { ...request.headers, via: { value: "b" } } }),
      outcome({ ...request, headers: { ...request.headers, connection: { value: "close" } } }),
      outcome({ ...request, headers: { ...request.headers, "x-a": { value: 1 } } }),
      outcome({ ...request, cookies: { a: { value: "1\n" } } }),
      outcome({ ...request, querystring: { a: { value: "1", multiValue: "2" } } }),
      outcome({ statusCode: "302" }),
      outcome({ statusCode: 200, body: { encoding: "gzip", data: "" } }),
      outcome({ statusCode: 200, statusDescription: 1 }),
    ]).toMatchInlineSnapshot(`
      [
        "FN-I-11: The CloudFront function returned an invalid value: The result must be an object. | The result must be an object: got undefined. Return event.request or a response.",
        "FN-I-11: The CloudFront function returned an invalid value: The result must be an object. | The result must be an object: got "/a". Return event.request or a response.",
        "FN-I-03: The CloudFront function returned an invalid value: request.uri must start with "/". | request.uri must start with "/": got "a". Return event.request, or a response with a statusCode.",
        "FN-I-07: The CloudFront function returned an invalid value: request.headers must have header names in lower case. | request.headers must have header names in lower case: got "X-A". Write "x-a".",
        "FN-I-07: The CloudFront function returned an invalid value: response.headers must have header names in lower case. | response.headers must have header names in lower case: got "Location". Write "location".",
        "FN-I-20: The CloudFront function tried to add, delete, or change a read-only header. | request.headers.host is read-only at viewer-request, and was changed. Leave it as it is in the event.",
        "FN-I-20: The CloudFront function tried to add, delete, or change a read-only header. | request.headers.host is read-only at viewer-request, and was deleted. Leave it as it is in the event.",
        "FN-I-20: The CloudFront function tried to add, delete, or change a read-only header. | request.headers.via is read-only at viewer-request, and was added. Leave it as it is in the event.",
        "FN-I-20: The CloudFront function tried to add a blacklisted header. | request.headers.connection is a header that functions must not add. Remove it.",
        "FN-I-04: The CloudFront function returned an invalid value: request.headers.x-a must have a value that is a string. | request.headers.x-a must have a value that is a string: got {"value":1}. Write { "name": { "value": "…" } }.",
        "FN-I-04: The CloudFront function returned an invalid value: request.cookies.a has a control character in its value. | request.cookies.a has a control character in its value: got {"value":"1\\n"}. Remove it.",
        "FN-I-06: The CloudFront function returned an invalid value: request.querystring.a.multiValue must be an array. | request.querystring.a.multiValue must be an array: got "2". Write [{ "value": "…" }].",
        "FN-I-11: The CloudFront function returned an invalid value: response.statusCode must be an integer from 200 to 599. | response.statusCode must be an integer from 200 to 599: got "302". Write it as a number, as in 302.",
        "FN-I-11: The CloudFront function returned an invalid value: response.body must be a string or an object with encoding and data. | response.body must be a string or an object with encoding and data: got {"encoding":"gzip","data":""}. Write { "encoding": "text", "data": "…" }.",
        "FN-I-11: The CloudFront function returned an invalid value: response.statusDescription must be a string. | response.statusDescription must be a string: got 1. Leave it out, or write text.",
      ]
    `);
  });
});

describe("at viewer-response", () => {
  it("the response of the event may be changed, its length and encoding too", () => {
    expect(outcome(response, atResponse)).toBe("response");
    const headers = { via: response.headers.via, "content-encoding": { value: "gzip" } };
    expect(outcome({ ...response, statusCode: 404, headers }, atResponse)).toBe("response");
  });

  it("FN-I-20, FN-I-38: a fresh response object, a request and a warning header are refused", () => {
    expect([
      outcome({ statusCode: 302, headers: { location: { value: "/x" } } }, atResponse),
      outcome(request, atResponse),
      outcome(
        { ...response, headers: { ...response.headers, warning: { value: "199" } } },
        atResponse,
      ),
    ]).toMatchInlineSnapshot(`
      [
        "FN-I-38: The CloudFront function tried to add, delete, or change a read-only header. | response.headers.via is read-only at viewer-response, and was deleted. Change event.response and return it, not an object of your own.",
        "FN-I-11: The CloudFront function returned an invalid value: response.statusCode must be an integer from 200 to 599. | response.statusCode must be an integer from 200 to 599: got undefined. Write it as a number, as in 302.",
        "FN-I-20: The CloudFront function tried to add, delete, or change a read-only header. | response.headers.warning is read-only at viewer-response, and was added. Leave it as it is in the event.",
      ]
    `);
  });
});
