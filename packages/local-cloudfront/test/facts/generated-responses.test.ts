import { describe, expect, it } from "vitest";
import {
  bodySentence,
  readOnlySentence,
  refusalOf,
  warningsOf,
  type Refusal,
} from "../support/function-failures.ts";
import {
  changeRequest,
  passAll,
  pathReturning,
  returnByPath,
  returning,
} from "../support/function-sources.ts";
import { sendRaw } from "../support/raw-connection.ts";
import { shareTestCloudFront, startTestCloudFront } from "../support/start-test-cloudfront.ts";

const invalidResult = "The Lambda function returned an invalid request or response to CloudFront.";
const requestEvents = ["viewer-request", "origin-request"] as const;

const generating = shareTestCloudFront({ cacheBehaviors: returnByPath });

describe("a generated response", () => {
  it.each(requestEvents)("LE-D-01: at %s needs nothing but a status", async (eventType) => {
    const { get } = await generating();
    const path = pathReturning(eventType, '{ status: "200" }');
    expect(await get(path)).toMatchObject({
      status: 200,
      body: "",
      xCache: "LambdaGeneratedResponse",
      headers: { "content-length": "0" },
    });
  });

  it("LE-D-02: may have a number for a status, with a warning", async () => {
    const { get, cloudfront } = await generating();
    const path = pathReturning("viewer-request", "{ status: 418 }");
    expect((await get(path)).status).toBe(418);
    expect(warningsOf(cloudfront)).toEqual([
      'LE-D-02: status is documented as a string: got 418. Write "418".',
    ]);
  });

  it("LE-D-04, LE-D-01: has the reason of its own, or the usual one", async () => {
    const { cloudfront } = await startTestCloudFront({
      functions: { "viewer-request": returning('{ status: "404", statusDescription: "Nope" }') },
      cacheBehaviors: {
        "usual/*": { functions: { "viewer-request": returning('{ status: "404" }') } },
        "origin/*": { functions: { "origin-request": returning('{ status: "307" }') } },
      },
    });
    const statusLine = async (path: string): Promise<string> =>
      (await sendRaw(cloudfront.url, `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`)).statusLine;
    expect(await statusLine("/")).toBe("HTTP/1.1 404 Nope");
    expect(await statusLine("/usual/")).toBe("HTTP/1.1 404 Not Found");
    expect(await statusLine("/origin/")).toBe("HTTP/1.1 307 Temporary Redirect");
  });

  const refused: readonly (readonly [string, string, Partial<Refusal>])[] = [
    [
      "LE-D-03: with status 100",
      '{ status: "100" }',
      { sentence: invalidResult, factId: "LE-D-03" },
    ],
    [
      "LE-D-03: with status 600",
      '{ status: "600" }',
      { sentence: invalidResult, factId: "LE-D-03" },
    ],
    [
      "LE-D-05: with an unknown encoding",
      '{ status: "200", body: "x", bodyEncoding: "hex" }',
      { sentence: bodySentence, factId: "LE-D-05" },
    ],
    [
      "LE-D-05: with broken base64",
      '{ status: "200", body: "***", bodyEncoding: "base64" }',
      { sentence: bodySentence, factId: "LE-D-05" },
    ],
    [
      "LE-D-26: with an object for a body",
      '{ status: "200", body: { a: 1 } }',
      { sentence: bodySentence, factId: "LE-D-26" },
    ],
    [
      "LE-D-25: in the shape of API Gateway's",
      '{ statusCode: 200, body: "x", isBase64Encoded: false }',
      { sentence: invalidResult, factId: "LE-D-25" },
    ],
    [
      "LE-C-11: with Content-Length",
      '{ status: "200", body: "x", headers: { "content-length": [{ value: "1" }] } }',
      { sentence: readOnlySentence, factId: "LE-C-11" },
    ],
  ];

  it.each(
    refused.flatMap(([name, expression, refusal]) =>
      requestEvents.map((eventType) => [name, eventType, expression, refusal] as const),
    ),
  )("%s at %s is answered 502", async (_name, eventType, expression, refusal) => {
    const { get, cloudfront } = await generating();
    const path = pathReturning(eventType, expression);
    expect(refusalOf(await get(path), cloudfront)).toEqual({
      status: 502,
      xCache: "LambdaValidationError",
      ...refusal,
    });
  });

  it("LE-D-06, LE-D-07: with 204 and a body is refused at viewer-request, warned of at origin-request", async () => {
    const expression = '{ status: "204", body: "x" }';
    const { get, cloudfront } = await generating();
    const atViewer = await get(pathReturning("viewer-request", expression));
    expect(refusalOf(atViewer, cloudfront)).toMatchObject({
      status: 502,
      factId: "LE-D-06",
    });
    const atOrigin = await get(pathReturning("origin-request", expression));
    expect(atOrigin).toMatchObject({ status: 204, body: "" });
    expect(warningsOf(cloudfront)[0]).toMatch(/^LE-D-07: /);
  });

  it.each([
    ["viewer-request", 40 * 1024],
    ["origin-request", 1024 * 1024],
  ] as const)(
    "LE-D-08, LE-D-09, LE-E-05: at %s may have %d bytes, headers included",
    async (eventType, maxBytes) => {
      const { get, cloudfront } = await startTestCloudFront({
        functions: {
          [eventType]: `exports.handler = async (event) => ({
            status: "200",
            headers: event.Records[0].cf.request.uri === "/headers" ? { a: [{ value: "b" }] } : {},
            body: "x".repeat(${maxBytes} + (event.Records[0].cf.request.uri === "/larger" ? 1 : 0)),
          });`,
        },
      });
      expect((await get("/")).body).toHaveLength(maxBytes);
      for (const path of ["/larger", "/headers"]) {
        expect(refusalOf(await get(path), cloudfront)).toEqual({
          status: 502,
          xCache: "LambdaValidationError",
          sentence: bodySentence,
          factId: "LE-D-08",
        });
      }
    },
  );

  it("LE-E-05: may have more where the quota is higher", async () => {
    const { get } = await startTestCloudFront({
      functions: { "viewer-request": returning('{ status: "200", body: "x".repeat(50_000) }') },
      options: { quotas: { generatedResponseBytes: { viewer: 65_536, origin: 1_048_576 } } },
    });
    expect((await get("/")).status).toBe(200);
  });

  it("LE-D-05: of base64 is the bytes", async () => {
    const { get } = await generating();
    const path = pathReturning(
      "viewer-request",
      '{ status: "200", body: "aGVsbG8=", bodyEncoding: "base64" }',
    );
    expect(await get(path)).toMatchObject({ body: "hello", headers: { "content-length": "5" } });
  });

  it.each(["301", "302", "307", "308"])("LE-D-19: may be a redirect: %s", async (status) => {
    const { get } = await generating();
    const path = pathReturning(
      "viewer-request",
      `{ status: "${status}", headers: { location: [{ value: "/b" }] } }`,
    );
    expect(await get(path)).toMatchObject({
      status: Number(status),
      headers: { location: "/b" },
    });
  });

  it("LE-D-20: Set-Cookie in a request goes to the origin, not to the viewer, with a warning", async () => {
    const { get, received, cloudfront } = await startTestCloudFront({
      functions: {
        "origin-request": changeRequest('request.headers["set-cookie"] = [{ value: "a=1" }];'),
      },
      server: (_, response) => void response.end("ok"),
    });
    const { status, headers } = await get("/");
    expect({ status, setCookie: headers["set-cookie"] }).toEqual({
      status: 200,
      setCookie: undefined,
    });
    expect(received[0]?.headers["set-cookie"]).toBe("a=1");
    expect(warningsOf(cloudfront)[0]).toMatch(/^LE-D-20: /);
  });
});

describe("the headers of a generated response", () => {
  it.each(requestEvents)(
    "LE-D-21, LE-D-22: at %s are CloudFront's own, and no Content-Type",
    async (eventType) => {
      const { get } = await generating();
      const path = pathReturning(eventType, '{ status: "401", body: "Unauthorized" }');
      const { headers, body } = await get(path);
      expect(body).toBe("Unauthorized");
      expect(headers).toEqual({
        connection: "keep-alive",
        "content-length": "12",
        date: expect.stringMatching(/^\w{3}, \d{2} \w{3} \d{4} [\d:]{8} GMT$/),
        server: "CloudFront",
        via: expect.stringMatching(/\(CloudFront\)$/),
        "x-amz-cf-id": expect.any(String),
        "x-amz-cf-pop": expect.any(String),
        "x-cache": "LambdaGeneratedResponse from cloudfront",
      });
    },
  );

  it("LE-D-22: are the function's where it gives them", async () => {
    const { get } = await generating();
    const path = pathReturning(
      "viewer-request",
      `{ status: "200", headers: {
        server: [{ value: "mine" }],
        "content-type": [{ value: "text/plain" }],
        "x-powered-by": [{ value: "me" }],
      } }`,
    );
    expect((await get(path)).headers).toMatchObject({
      server: "mine",
      "content-type": "text/plain",
      "x-powered-by": "me",
    });
  });

  it("LE-D-24: answer HEAD with the length of the body, and no body", async () => {
    const { cloudfront } = await generating();
    const path = pathReturning("viewer-request", '{ status: "200", body: "hello" }');
    const bytes = `HEAD ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;
    const answer = await sendRaw(cloudfront.url, bytes, false);
    expect(answer).toMatchObject({ status: 200, headers: { "content-length": "5" } });
    expect(answer.body).toBe("");
  });
});

describe("caching of a generated response", () => {
  it("LE-D-10: there is none at viewer-request", async () => {
    const { get, invoked } = await generating();
    const path = pathReturning(
      "viewer-request",
      '{ status: "200", headers: { "cache-control": [{ value: "max-age=600" }] } }',
    );
    for (const _attempt of [1, 2]) {
      expect((await get(path)).xCache).toBe("LambdaGeneratedResponse");
      expect(invoked()).toEqual(["viewer-request"]);
    }
  });

  it("LE-D-11, LE-D-23: at origin-request, the status is cached as well, and a hit is a hit", async () => {
    const { get, invoked, cloudfront } = await startTestCloudFront({
      functions: {
        ...passAll,
        "origin-request": returning(`{
          status: "302",
          statusDescription: "Elsewhere",
          headers: { location: [{ value: "/b" }], "cache-control": [{ value: "max-age=600" }] },
          body: "moved",
        }`),
      },
    });
    expect(await get("/a.html")).toMatchObject({ status: 302, xCache: "LambdaGeneratedResponse" });
    expect(invoked()).toContain("origin-request");
    expect(await get("/a.html")).toMatchObject({
      status: 302,
      xCache: "Hit",
      body: "moved",
      headers: { location: "/b" },
    });
    expect(invoked()).toEqual(["viewer-request", "viewer-response"]);
    cloudfront.clock.advance(601);
    await get("/a.html");
    expect(invoked()).toContain("origin-request");
  });

  it("LE-D-12: an error generated at origin-request is cached for ten seconds", async () => {
    const { get, invoked, cloudfront } = await startTestCloudFront({
      functions: { "origin-request": returning('{ status: "404" }') },
    });
    expect((await get("/a.html")).status).toBe(404);
    cloudfront.clock.advance(9);
    expect(await get("/a.html")).toMatchObject({ status: 404, xCache: "Error" });
    expect(invoked()).toEqual([]);
    cloudfront.clock.advance(2);
    await get("/a.html");
    expect(invoked()).toEqual(["origin-request"]);
  });
});
