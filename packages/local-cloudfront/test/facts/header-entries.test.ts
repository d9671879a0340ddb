import { describe, expect, it } from "vitest";
import { failureOf, readOnlySentence, refusalOf } from "../support/function-failures.ts";
import { changeRequest, changeResponse, returning } from "../support/function-sources.ts";
import { sendRaw } from "../support/raw-connection.ts";
import {
  shareTestCloudFront,
  startTestCloudFront,
  type TestResponse,
} from "../support/start-test-cloudfront.ts";

const invalidResult = "The Lambda function returned an invalid request or response to CloudFront.";
const headerEntry =
  "The Lambda function returned an invalid entry in the headers object: Each header entry in the headers object must be an array.";

/** An origin-response function runs the statement that the path is. */
const changing = shareTestCloudFront({
  functions: {
    "origin-response": changeResponse(
      'new Function("response", decodeURIComponent(request.uri.slice(1)))(response);',
    ),
  },
  server: (_, response) => void response.end("ok"),
});

/** Answers with what an origin-response function makes of the headers. */
async function refusedHeaders(statement: string) {
  const { get, cloudfront } = await changing();
  const refusal = refusalOf(await get(`/${encodeURIComponent(statement)}`), cloudfront);
  return { ...refusal, log: failureOf(cloudfront)?.validationLog?.lines.at(-1) };
}

describe("the entries of headers", () => {
  it.each([
    ["an object", '{ value: "1" }'],
    ["a string", '"1"'],
    ["null", "null"],
  ])("LE-C-13: that are no arrays are answered 502: %s", async (_name, entry) => {
    expect(await refusedHeaders(`response.headers["x-a"] = ${entry};`)).toMatchObject({
      status: 502,
      xCache: "LambdaValidationError",
      sentence: headerEntry,
      factId: "LE-C-13",
    });
  });

  it.each([
    ["an object", "{}"],
    ["a number", "1"],
    ["nothing", "undefined"],
    ["an array", '["1"]'],
  ])("LE-C-14: whose value is no string are answered 502: %s", async (_name, value) => {
    const statement = `response.headers["x-a"] = [{ key: "X-A", value: ${value} }];`;
    const { log, ...refusal } = await refusedHeaders(statement);
    expect(log).toMatch(
      / the value of each header value must be of string or array of string type, header :x-a has one or more entries/,
    );
    expect(refusal).toMatchObject({
      status: 502,
      xCache: "LambdaValidationError",
      sentence: invalidResult,
      factId: "LE-C-14",
    });
  });

  it("LE-C-15: that hold a control character are answered 502, and the log names it", async () => {
    const statement = 'response.headers.location = [{ value: "/b\\r\\nX-Smuggled: 1" }];';
    const { log, ...refusal } = await refusedHeaders(statement);
    expect(refusal).toMatchObject({ status: 502, sentence: invalidResult, factId: "LE-C-15" });
    expect(log).toMatch(
      / ERROR Validation error: .*invalid character : '%0D' in header value, headerName : Location\.$/,
    );
  });

  it("LE-C-12: are found by their name in any case", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        "origin-response": changeResponse(`
          delete response.headers["content-type"];
          response.headers["Content-Type"] = [{ value: "text/plain" }];
        `),
      },
      cacheBehaviors: {
        "host/*": {
          functions: {
            "viewer-request": changeRequest('request.headers.HOST = [{ value: "other.example" }];'),
          },
        },
      },
    });
    expect((await get("/a.html")).headers["content-type"]).toBe("text/plain");
    expect(refusalOf(await get("/host/a.html"), cloudfront).sentence).toBe(readOnlySentence);
  });

  it("LE-C-32: of Set-Cookie are one line each", async () => {
    const { cloudfront } = await startTestCloudFront({
      functions: {
        "viewer-response": changeResponse(
          'response.headers["set-cookie"] = [{ value: "a=1" }, { value: "b=2; Path=/" }];',
        ),
      },
    });
    const { headers } = await cloudfront.fetch("/a.html");
    expect(headers.getSetCookie()).toEqual(["a=1", "b=2; Path=/"]);
  });
});

describe("a header that is allowed", () => {
  it("LE-C-30: of origin-response reaches the viewer and drives caching", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        "origin-response": changeResponse(`
          const set = { "cache-control": "max-age=5", "set-cookie": "a=1", server: "mine", etag: '"1"' };
          for (const [name, value] of Object.entries(set)) response.headers[name] = [{ value }];
        `),
      },
    });
    const { headers } = await get("/a.html");
    expect(headers).toMatchObject({
      "cache-control": "max-age=5",
      "set-cookie": "a=1",
      server: "mine",
      etag: '"1"',
    });
    cloudfront.clock.advance(4);
    expect((await get("/a.html")).xCache).toBe("Hit");
    cloudfront.clock.advance(2);
    expect((await get("/a.html")).xCache).not.toBe("Hit");
  });

  it("LE-C-16: Host may be set at origin-request, but a bucket refuses the viewer's", async () => {
    const { get, received } = await startTestCloudFront({
      functions: {
        "origin-request": changeRequest('request.headers.host = [{ value: "other.example" }];'),
      },
      server: (_, response) => void response.end("ok"),
    });
    expect((await get("/")).status).toBe(200);
    expect(received[0]?.headers["host"]).toBe("other.example");

    const bucket = await startTestCloudFront({
      originRequestPolicy: { HeadersConfig: { HeaderBehavior: "allViewer" } },
    });
    expect((await bucket.get("/a.html")).status).toBe(403);
  });

  it("LE-C-31: that repeats a custom header of the origin is answered 502", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      origin: { OriginCustomHeaders: [{ HeaderName: "X-Api-Key", HeaderValue: "secret" }] },
      functions: {
        "origin-request": changeRequest('request.headers["x-api-key"] = [{ value: "mine" }];'),
      },
      server: (_, response) => void response.end("ok"),
    });
    expect(refusalOf(await get("/"), cloudfront)).toMatchObject({
      status: 502,
      xCache: "LambdaValidationError",
      factId: "LE-B-42",
    });
  });
});

describe("the size of headers", () => {
  const padding = "x".repeat(8000);
  const padded = (count: number): Record<string, string> =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`x-${index}`, padding]));

  it("LE-C-27, LE-E-19: of a request above 32,768 bytes is answered 494, unless the quota is higher", async () => {
    const lines = Object.entries(padded(5)).map(([name, value]) => `${name}: ${value}\r\n`);
    const bytes = `GET /a.html HTTP/1.1\r\nHost: localhost\r\n${lines.join("")}\r\n`;
    const usual = await startTestCloudFront();
    expect((await sendRaw(usual.cloudfront.url, bytes)).status).toBe(494);
    const raised = await startTestCloudFront({ options: { quotas: { requestHeadBytes: 65_536 } } });
    expect((await sendRaw(raised.cloudfront.url, bytes)).status).toBe(200);
  });

  it("LE-C-27, LE-E-19: of an origin's response above 32,768 bytes is answered 502, or above another quota", async () => {
    const start = (count: number, quotas = {}): Promise<TestResponse> =>
      startTestCloudFront({
        server: (_, response) => void response.writeHead(200, padded(count)).end("ok"),
        options: { quotas },
      }).then(({ get }) => get("/"));
    expect(await start(5)).toMatchObject({ status: 502, xCache: "Error" });
    expect(await start(1)).toMatchObject({ status: 200 });
    expect(await start(1, { originResponseHeadBytes: 4096 })).toMatchObject({ status: 502 });
  });

  it("LE-E-19: a URL above 8,192 bytes is answered 414, unless the quota is higher", async () => {
    const path = `/a.html?${"x".repeat(8192)}`;
    const { get } = await startTestCloudFront();
    expect((await get(path)).status).toBe(414);
    const raised = await startTestCloudFront({ options: { quotas: { urlBytes: 16_384 } } });
    expect((await raised.get(path)).status).toBe(200);
  });

  it("LE-C-33: a result too large for the way back is called not parsable", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        "origin-request": returning(
          '{ status: "200", bodyEncoding: "base64", body: "YWJj".repeat(1_000_000) }',
        ),
      },
    });
    expect(refusalOf(await get("/"), cloudfront)).toEqual({
      status: 502,
      xCache: "LambdaValidationError",
      sentence: "The Lambda function returned invalid JSON: The JSON output is not parsable.",
      factId: "LE-C-33",
    });
  });
});
