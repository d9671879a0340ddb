import { describe, expect, it } from "vitest";
import {
  association,
  context,
  headers,
  request,
  response,
  runner,
  s3Origin,
} from "../../test/lambda-edge-fixtures.ts";

const echoRequest = "exports.handler = async (event) => event.Records[0].cf.request;";
const echoResponse = "exports.handler = async (event) => event.Records[0].cf.response;";
/** Shows the event to the test as the body of a generated response. */
const showEvent =
  "exports.handler = async (event) => ({ status: '200', body: JSON.stringify(event) });";
/** Shows the event of a response function as a header. */
const showInHeader = `exports.handler = async (event) => {
  const { response } = event.Records[0].cf;
  response.headers["x-event"] = [{ key: "X-Event", value: JSON.stringify(event) }];
  return response;
};`;

/** A handler that changes the request and returns it. */
const changing = (change: string) =>
  `exports.handler = async (event) => {
    const { request, response } = event.Records[0].cf;
    ${change}
    return response ?? request;
  };`;

describe("events of the request functions", () => {
  it("LE-B-01, LE-B-02, LE-B-28: a viewer-request event has one record with config and request, and no origin", async () => {
    const outcome = await runner().runViewerRequest(
      association("viewer-request", showEvent),
      context,
      request(),
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
              uri: "/notes/1",
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
      association("viewer-request", changing('request.headers["x-new"] = [{ value: "1" }];')),
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

describe("what a function leaves alone", () => {
  it("LE-C-10: an echoed request goes on as the very same value", async () => {
    const before = request();
    const outcome = await runner().runViewerRequest(
      association("viewer-request", echoRequest),
      context,
      before,
    );
    expect(outcome.kind === "request" && outcome.request).toBe(before);
  });

  it("LE-C-10: an echoed response goes on as the very same value, with its body", async () => {
    const before = response();
    const outcome = await runner().runViewerResponse(
      association("viewer-response", echoResponse),
      context,
      request(),
      before,
    );
    expect(outcome.kind === "response" && outcome.response).toBe(before);
  });

  it("LE-B-24: a truncated body goes on whole where the function only reads it", async () => {
    const body = Buffer.alloc(50_000, 1);
    const outcome = await runner().runViewerRequest(
      association("viewer-request", changing('request.uri = "/other";'), { includeBody: true }),
      context,
      request({ method: "POST", body }),
    );
    expect(outcome).toMatchObject({ kind: "request", request: { uri: "/other", body } });
  });
});

describe("what a function changes", () => {
  it("a viewer-request function changes uri, query string and headers", async () => {
    const outcome = await runner().runViewerRequest(
      association(
        "viewer-request",
        changing(
          'request.uri = "/index.html"; request.querystring = ""; delete request.headers["user-agent"];',
        ),
      ),
      context,
      request(),
    );
    expect(outcome).toMatchObject({ request: { uri: "/index.html", querystring: "" } });
    expect(outcome.kind === "request" && Object.keys(outcome.request.headers)).toEqual(["host"]);
  });

  it("LE-B-26: a replaced body goes on with its own length", async () => {
    const outcome = await runner().runViewerRequest(
      association(
        "viewer-request",
        changing('request.body = { action: "replace", encoding: "text", data: "new" };'),
      ),
      context,
      request({ method: "POST", body: Buffer.from("something") }),
    );
    expect(outcome).toMatchObject({
      request: { headers: { "content-length": [{ key: "Content-Length", value: "3" }] } },
    });
    expect(outcome.kind === "request" && String(outcome.request.body)).toBe("new");
  });

  it("LE-B-41: an origin-request function chooses another origin", async () => {
    const outcome = await runner().runOriginRequest(
      association("origin-request", changing('request.origin.s3.path = "/beta";')),
      context,
      request(),
      s3Origin,
    );
    expect(outcome).toMatchObject({ kind: "request", origin: { s3: { path: "/beta" } } });
  });

  it("an origin-request function that changes no origin yields none", async () => {
    const outcome = await runner().runOriginRequest(
      association("origin-request", changing('request.uri = "/other";')),
      context,
      request(),
      s3Origin,
    );
    expect(outcome).toMatchObject({ kind: "request", origin: undefined });
  });

  it("LE-D-13: an origin-response function changes status, headers and body", async () => {
    const outcome = await runner().runOriginResponse(
      association(
        "origin-response",
        changing(
          'response.status = "404"; response.statusDescription = "Gone"; response.body = "bye";',
        ),
      ),
      context,
      request(),
      s3Origin,
      response(),
    );
    expect(outcome).toMatchObject({
      kind: "response",
      response: {
        status: 404,
        statusDescription: "Gone",
        headers: { "content-length": [{ key: "Content-Length", value: "3" }] },
        body: Buffer.from("bye"),
      },
    });
  });

  it("LE-D-14: without a body property the origin's body is kept", async () => {
    const outcome = await runner().runOriginResponse(
      association("origin-response", changing('response.status = "203";')),
      context,
      request(),
      s3Origin,
      response(),
    );
    expect(outcome).toMatchObject({ response: { status: 203, body: Buffer.from("hello") } });
  });

  it("LE-D-05: a generated base64 body is decoded", async () => {
    const outcome = await runner().runViewerRequest(
      association(
        "viewer-request",
        'exports.handler = async () => ({ status: "200", body: "aGk=", bodyEncoding: "base64" });',
      ),
      context,
      request(),
    );
    expect(bodyOf(outcome)).toBe("hi");
  });

  it("LE-B-05: a changed method is ignored with a warning", async () => {
    const outcome = await runner().runOriginRequest(
      association("origin-request", changing('request.method = "GET";')),
      context,
      request({ method: "POST" }),
      s3Origin,
    );
    expect(outcome).toMatchObject({ kind: "request", request: { method: "POST" } });
    expect(outcome.run.warnings).toEqual([
      'LE-B-05: method is read-only: got "GET". "POST" stays.',
    ]);
  });
});

describe("results that CloudFront refuses", () => {
  it.each([
    ["LE-C-04", 'request.headers.host = [{ key: "Host", value: "x" }];'],
    ["LE-C-01", 'request.headers["x-cache"] = [{ key: "X-Cache", value: "x" }];'],
    ["LE-B-11", 'request.uri = "index.html";'],
    ["LE-B-54", "return undefined;"],
    ["LE-B-54", "return 'text';"],
    ["LE-D-25", "return { statusCode: 200 };"],
    ["LE-D-08", "return { status: '200', body: 'x'.repeat(41000) };"],
  ])("%s: a viewer-request function with %s costs its request a 502", async (factId, change) => {
    const outcome = await runner().runViewerRequest(
      association("viewer-request", changing(change)),
      context,
      request(),
    );
    expect(outcome).toMatchObject({
      kind: "failure",
      failure: { status: 502, resultType: "LambdaValidationError", factId },
    });
  });

  it("LE-C-33: a result too large for the way back is called not parsable", async () => {
    const outcome = await runner().runOriginRequest(
      association(
        "origin-request",
        "exports.handler = async () => ({ status: '200', body: 'x'.repeat(3e6) });",
      ),
      context,
      request(),
      s3Origin,
    );
    expect(outcome).toMatchObject({
      failure: {
        factId: "LE-C-33",
        viewerText: "The Lambda function returned invalid JSON: The JSON output is not parsable.",
      },
    });
  });

  it("a result nested without end is refused like any other", async () => {
    const nested = `JSON.stringify = () => '{"uri":' + "[".repeat(1e5) + "]".repeat(1e5) + "}";`;
    const outcome = await runner().runViewerRequest(
      association(
        "viewer-request",
        `${nested} exports.handler = async () => ({ uri: deep() });
        function deep() { let value = []; for (let i = 0; i < 1500; i++) value = [value]; return value; }`,
      ),
      context,
      request(),
    );
    expect(outcome).toMatchObject({ kind: "failure", failure: { status: 502 } });
  });
});

type Outcome = Awaited<ReturnType<ReturnType<typeof runner>["runOriginRequest"]>>;
type AnyRequestOutcome =
  | Outcome
  | Awaited<ReturnType<ReturnType<typeof runner>["runViewerRequest"]>>;

function bodyOf(outcome: AnyRequestOutcome): string {
  return outcome.kind === "generated-response" ? String(outcome.response.body) : outcome.kind;
}

function eventIn(outcome: AnyRequestOutcome): { Records: [{ cf: { request: object } }] } {
  return JSON.parse(bodyOf(outcome));
}

function requestIn(outcome: AnyRequestOutcome): Record<string, unknown> {
  return eventIn(outcome).Records[0].cf.request as Record<string, unknown>;
}

function shownInHeader(
  outcome: Awaited<ReturnType<ReturnType<typeof runner>["runViewerResponse"]>>,
): { cf: Record<string, unknown> } {
  const value =
    outcome.kind === "response" ? outcome.response.headers["x-event"]?.[0]?.value : undefined;
  return JSON.parse(value ?? "{}").Records[0];
}
