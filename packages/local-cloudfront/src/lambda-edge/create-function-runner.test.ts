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
} from "../../test/lambda-edge-fixtures.ts";

const echoRequest = "exports.handler = async (event) => event.Records[0].cf.request;";
const echoResponse = "exports.handler = async (event) => event.Records[0].cf.response;";
/** A handler that changes the request and returns it. */
const changing = (change: string) =>
  `exports.handler = async (event) => {
    const { request, response } = event.Records[0].cf;
    ${change}
    return response ?? request;
  };`;

describe("what a function leaves alone", () => {
  it("LE-B-19, LE-C-01: the same result again takes nothing from the request before", async () => {
    const functions = runner();
    const made = association(
      "viewer-response",
      changing('response.headers["x-added"] = [{ key: "X-Added", value: "1" }];'),
    );
    const valuesFor = async (hidden: string, bytes: string) => {
      const given = response({ headers: headers({ "X-Edge-Hidden": hidden, "X-Name": bytes }) });
      const outcome = await functions.runViewerResponse(made, context, request(), given);
      if (outcome.kind !== "response") throw new Error(`The function failed: ${outcome.kind}`);
      const { headers: after } = outcome.response;
      return ["x-edge-hidden", "x-name", "x-added"].map((name) => after[name]?.[0]?.value);
    };
    // One text for the function, in UTF-8 and in Latin-1.
    expect(await valuesFor("one", "\u00c3\u00a9")).toEqual(["one", "\u00c3\u00a9", "1"]);
    expect(await valuesFor("two", "\u00e9")).toEqual(["two", "\u00e9", "1"]);
    expect(await valuesFor("one", "\u00c3\u00a9")).toEqual(["one", "\u00c3\u00a9", "1"]);
  });

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

describe("what a function is told of where it runs", () => {
  it("LE-B-02: is right for each of many events at once, of several distributions and event types", async () => {
    const functions = runner();
    const code = `exports.handler = async (event) => ({
      status: "200",
      headers: {},
      body: JSON.stringify(event.Records[0].cf.config),
    });`;
    const { edgeFunction } = association("viewer-request", code);
    const told = async (number: number) => {
      const eventType = number % 3 === 0 ? "origin-request" : "viewer-request";
      const config = {
        distributionDomainName: `d${number % 2}.cloudfront.net`,
        distributionId: `E${number % 2}`,
        requestId: `id ${number}`,
      };
      const used = { eventType, includeBody: false, edgeFunction } as const;
      const outcome =
        eventType === "origin-request"
          ? await functions.runOriginRequest(used, config, request(), s3Origin)
          : await functions.runViewerRequest(used, config, request());
      return [JSON.parse(bodyOf(outcome)), { ...config, eventType }];
    };
    await told(0);
    for (const [seen, expected] of await Promise.all(
      Array.from({ length: 40 }, (_, n) => told(n)),
    )) {
      expect(seen).toEqual(expected);
    }
  });
});

describe("what a function changes", () => {
  it("is changed for that event alone, however often the same request comes", async () => {
    const functions = runner();
    const greedy = association(
      "viewer-request",
      `exports.handler = async (event) => {
        const { config, request } = event.Records[0].cf;
        const seen = JSON.stringify(event.Records[0].cf);
        config.requestId = "changed";
        request.headers.host[0].value = "changed";
        request.headers["user-agent"].push({ key: "User-Agent", value: "more" });
        delete request.headers.accept;
        return { status: "200", body: seen };
      };`,
    );
    const sent = request({ headers: headers({ Host: "a", "User-Agent": "b", Accept: "c" }) });
    const bodies: unknown[] = [];
    for (let time = 0; time < 4; time += 1) {
      bodies.push(JSON.parse(bodyOf(await functions.runViewerRequest(greedy, context, sent))));
    }
    const { requestId } = context;
    const seen = {
      config: expect.objectContaining({ requestId }),
      request: expect.objectContaining({ headers: sent.headers }),
    };
    expect(bodies).toEqual([seen, seen, seen, seen]);
  });

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

  it("LE-B-08: an origin-response function that changes the request changes nothing", async () => {
    const before = response();
    const outcome = await runner().runOriginResponse(
      association(
        "origin-response",
        changing('request.uri = "/other"; request.querystring = "other=1";'),
      ),
      context,
      request(),
      s3Origin,
      before,
    );
    expect(outcome.kind === "response" && outcome.response).toBe(before);
  });

  it("LE-B-44: an origin-request function may set the host together with the origin", async () => {
    const change = `
      request.origin.s3.domainName = "other.s3.us-east-1.amazonaws.com";
      request.headers.host = [{ key: "Host", value: "other.s3.us-east-1.amazonaws.com" }];`;
    const outcome = await runner().runOriginRequest(
      association("origin-request", changing(change)),
      context,
      request(),
      s3Origin,
    );
    expect(outcome).toMatchObject({
      kind: "request",
      request: { headers: { host: [{ value: "other.s3.us-east-1.amazonaws.com" }] } },
      origin: { s3: { domainName: "other.s3.us-east-1.amazonaws.com" } },
    });
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
  ])(
    "LE-C-17, LE-C-18, %s: a viewer-request function with %s costs its request a 502",
    async (factId, change) => {
      const outcome = await runner().runViewerRequest(
        association("viewer-request", changing(change)),
        context,
        request(),
      );
      expect(outcome).toMatchObject({
        kind: "failure",
        failure: { status: 502, resultType: "LambdaValidationError", factId },
      });
    },
  );

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
