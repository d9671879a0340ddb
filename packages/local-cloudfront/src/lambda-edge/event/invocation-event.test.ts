import { describe, expect, it } from "vitest";
import {
  association,
  bodyOf,
  context,
  headers,
  request,
  response,
  runner,
  s3Origin,
} from "../../../test/lambda-edge-fixtures.ts";
import type {
  OriginRequestOutcome,
  ResponseOutcome,
  ViewerRequestOutcome,
} from "../function-runner.ts";

/** Shows the event to the test as the body of a generated response. */
const showEvent =
  "exports.handler = async (event) => ({ status: '200', body: JSON.stringify(event) });";
/** Shows the event of a response function as a header. */
const showInHeader = `exports.handler = async (event) => {
  const { response } = event.Records[0].cf;
  response.headers["x-event"] = [{ key: "X-Event", value: JSON.stringify(event) }];
  return response;
};`;

const addHeader = `exports.handler = async (event) => {
  const { request } = event.Records[0].cf;
  request.headers["x-new"] = [{ value: "1" }];
  return request;
};`;

describe("events of the request functions", () => {
  it("LE-B-01, LE-B-02, LE-B-13, LE-B-14, LE-B-28: a viewer-request event has one record with config and request, and no origin", async () => {
    const outcome = await runner().runViewerRequest(
      association("viewer-request", showEvent),
      context,
      request({ uri: "/notes/1%20a" }),
    );
    expect(eventIn(outcome)).toEqual({
      Records: [
        {
          cf: {
            config: {
              distributionDomainName: "d111111abcdef8.cloudfront.net",
              distributionId: "E2EXAMPLE",
              eventType: "viewer-request",
              requestId: "request-id==",
            },
            request: {
              clientIp: "192.0.2.44",
              headers: {
                host: [{ key: "Host", value: "d111111abcdef8.cloudfront.net" }],
                "user-agent": [{ key: "user-agent", value: "test/1.0" }],
              },
              method: "GET",
              querystring: "page=2",
              uri: "/notes/1%20a",
            },
          },
        },
      ],
    });
  });

  it("LE-B-28: an origin-request event carries the origin", async () => {
    const outcome = await runner().runOriginRequest(
      association("origin-request", showEvent),
      context,
      request(),
      s3Origin,
    );
    expect(eventIn(outcome)).toMatchObject({
      Records: [{ cf: { config: { eventType: "origin-request" }, request: { origin: s3Origin } } }],
    });
  });

  it("LE-B-20: without includeBody a POST has no body", async () => {
    const outcome = await runner().runViewerRequest(
      association("viewer-request", showEvent),
      context,
      request({ method: "POST", body: Buffer.from("abc") }),
    );
    expect(requestIn(outcome)).not.toHaveProperty("body");
  });

  it("LE-B-20: with includeBody a GET has no body", async () => {
    const outcome = await runner().runViewerRequest(
      association("viewer-request", showEvent, { includeBody: true }),
      context,
      request(),
    );
    expect(requestIn(outcome)).not.toHaveProperty("body");
  });

  it("LE-B-21, LE-B-22: the body is base64 and read-only", async () => {
    const outcome = await runner().runViewerRequest(
      association("viewer-request", showEvent, { includeBody: true }),
      context,
      request({ method: "POST", body: Buffer.from("abc") }),
    );
    expect(requestIn(outcome)).toMatchObject({
      body: { inputTruncated: false, action: "read-only", encoding: "base64", data: "YWJj" },
    });
  });

  it.each([
    ["viewer-request", 40 * 1024],
    ["origin-request", 1024 * 1024],
  ] as const)("LE-B-23: a %s function sees %d bytes of the body", async (eventType, bytes) => {
    const seen = `exports.handler = async (event) => {
      const { inputTruncated, data } = event.Records[0].cf.request.body;
      return { status: "200", body: inputTruncated + " " + Buffer.from(data, "base64").length };
    };`;
    const posted = (length: number) => request({ method: "POST", body: Buffer.alloc(length) });
    const functions = runner();
    const made = association(eventType, seen, { includeBody: true });
    const run = (length: number) =>
      eventType === "viewer-request"
        ? functions.runViewerRequest(made, context, posted(length))
        : functions.runOriginRequest(made, context, posted(length), s3Origin);
    expect(bodyOf(await run(bytes))).toBe(`false ${bytes}`);
    expect(bodyOf(await run(bytes + 1))).toBe(`true ${bytes}`);
  });

  it("LE-C-01: disallowed headers are invisible and go on untouched", async () => {
    const before = request({
      headers: headers({ Host: "example.com", "X-Forwarded-Proto": "https", "X-Amz-Cf-Id": "1" }),
    });
    const functions = runner();
    const shown = await functions.runViewerRequest(
      association("viewer-request", showEvent),
      context,
      before,
    );
    expect(Object.keys(requestIn(shown)["headers"] as object)).toEqual(["host"]);

    const changed = await functions.runViewerRequest(
      association("viewer-request", addHeader),
      context,
      before,
    );
    expect(changed).toMatchObject({
      kind: "request",
      request: { headers: { ...before.headers, "x-new": [{ key: "X-New", value: "1" }] } },
    });
  });
});

describe("events of the response functions", () => {
  it("LE-B-46, LE-B-48, LE-B-49: viewer-response sees the viewer's request without origin and the response without body", async () => {
    const outcome = await runner().runViewerResponse(
      association("viewer-response", showInHeader),
      context,
      request(),
      response(),
    );
    const { cf } = shownInHeader(outcome);
    expect(Object.keys(cf)).toEqual(["config", "request", "response"]);
    expect(cf["request"]).not.toHaveProperty("origin");
    expect(cf["response"]).toEqual({
      headers: {
        "content-type": [{ key: "Content-Type", value: "text/html" }],
        "content-length": [{ key: "Content-Length", value: "5" }],
      },
      status: "200",
      statusDescription: "OK",
    });
  });

  it("LE-B-46: origin-response sees the request with its origin", async () => {
    const outcome = await runner().runOriginResponse(
      association("origin-response", showInHeader),
      context,
      request(),
      s3Origin,
      response(),
    );
    expect(shownInHeader(outcome).cf["request"]).toMatchObject({ origin: s3Origin });
  });
});

function eventIn(outcome: ViewerRequestOutcome | OriginRequestOutcome): {
  Records: [{ cf: { request: object } }];
} {
  return JSON.parse(bodyOf(outcome));
}

function requestIn(outcome: ViewerRequestOutcome | OriginRequestOutcome): Record<string, unknown> {
  return eventIn(outcome).Records[0].cf.request as Record<string, unknown>;
}

function shownInHeader(outcome: ResponseOutcome): { cf: Record<string, unknown> } {
  const value =
    outcome.kind === "response" ? outcome.response.headers["x-event"]?.[0]?.value : undefined;
  return JSON.parse(value ?? "{}").Records[0];
}
