import { describe, expect, it } from "vitest";
import { bodySentence, refusalOf } from "../support/function-failures.ts";
import { changeResponse, passAll } from "../support/function-sources.ts";
import { sendRaw } from "../support/raw-connection.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

const invalidResult = "The Lambda function returned an invalid request or response to CloudFront.";

describe("what origin-response changes", () => {
  it("LE-D-13: may be status, headers and body", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        "origin-response": changeResponse(`
          response.status = "200";
          delete response.statusDescription;
          response.headers["content-type"] = [{ value: "text/plain" }];
          response.body = "mended";
        `),
      },
      server: (_, response) => void response.writeHead(500, { "Content-Length": "5" }).end("oops!"),
    });
    expect(await get("/")).toMatchObject({
      status: 200,
      body: "mended",
      headers: { "content-type": "text/plain", "content-length": "6" },
    });
    const bytes = "GET /b HTTP/1.1\r\nHost: localhost\r\n\r\n";
    expect((await sendRaw(cloudfront.url, bytes)).statusLine).toBe("HTTP/1.1 200 OK");
  });

  it("LE-D-13: the origin's body is not in the event", async () => {
    const { get } = await startTestCloudFront({
      functions: {
        "origin-response": changeResponse(
          'response.headers["x-keys"] = [{ value: Object.keys(response).join() }];',
        ),
      },
    });
    expect((await get("/a.html")).headers["x-keys"]).toBe("headers,status,statusDescription");
  });

  it("LE-D-14: without a body, the origin's stays; an empty one removes it", async () => {
    const { get } = await startTestCloudFront({
      functions: {
        "origin-response": changeResponse('if (request.uri === "/a.html") response.body = "";'),
      },
      files: { "a.html": "a", "b.html": "b" },
    });
    expect(await get("/b.html")).toMatchObject({ body: "b", headers: { "content-length": "1" } });
    expect(await get("/a.html")).toMatchObject({ body: "", headers: { "content-length": "0" } });
  });

  it("LE-D-15: the body may have 1 MB, in text or base64", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        "origin-response": changeResponse(`
          const bytes = Number(request.uri.slice(1));
          response.body = bytes === 0 ? "aGVsbG8=" : "x".repeat(bytes);
          response.bodyEncoding = bytes === 0 ? "base64" : "text";
        `),
      },
      server: (_, response) => void response.end("origin"),
    });
    expect((await get("/0")).body).toBe("hello");
    expect((await get("/1048576")).body).toHaveLength(1_048_576);
    expect(refusalOf(await get("/1100000"), cloudfront)).toEqual({
      status: 502,
      xCache: "LambdaValidationError",
      sentence: bodySentence,
      factId: "LE-D-15",
    });
  });

  it("LE-D-27: is what is cached; the function does not run for a hit", async () => {
    const { get, invoked } = await startTestCloudFront({
      functions: {
        ...passAll,
        "origin-response": changeResponse('response.status = "200"; response.body = "found";'),
      },
      server: (_, response) => void response.writeHead(404).end("missing"),
    });
    expect(await get("/a")).toMatchObject({ status: 200, xCache: "Miss" });
    expect(await get("/a")).toMatchObject({ status: 200, body: "found", xCache: "Hit" });
    expect(invoked()).toEqual(["viewer-request", "viewer-response"]);
  });

  it("LE-D-28: decides how long it is cached", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        "origin-response": changeResponse(`
          response.status = "200";
          response.headers["cache-control"] = [{ value: "max-age=60" }];
        `),
      },
      server: (_, response) => {
        response.writeHead(404, { "Cache-Control": "no-store" }).end("missing");
      },
    });
    await get("/a");
    cloudfront.clock.advance(59);
    expect((await get("/a")).xCache).toBe("Hit");
    cloudfront.clock.advance(2);
    expect((await get("/a")).xCache).toBe("Miss");
  });

  it("LE-D-29: a redirect of the origin is cached and not followed", async () => {
    const { get, received } = await startTestCloudFront({
      server: (_, response) => void response.writeHead(302, { Location: "/b" }).end(),
    });
    expect(await get("/a")).toMatchObject({ status: 302, headers: { location: "/b" } });
    expect(await get("/a")).toMatchObject({ status: 302, xCache: "Hit" });
    expect(received.map(({ url }) => url)).toEqual(["/a"]);
  });
});

describe("what viewer-response changes", () => {
  it.each([
    ["LE-D-16", "the status", 'response.status = "201";', invalidResult],
    ["LE-D-17", "the body", 'response.body = "mine";', bodySentence],
  ])(
    "%s: must not be %s, from the origin or the cache alike",
    async (factId, _, change, sentence) => {
      const { get, cloudfront } = await startTestCloudFront({
        functions: {
          "viewer-response": changeResponse(`if (request.querystring === "change") { ${change} }`),
        },
      });
      const refusal = { status: 502, xCache: "LambdaValidationError", sentence, factId };
      expect(refusalOf(await get("/a.html?change"), cloudfront)).toEqual(refusal);
      expect((await get("/a.html")).xCache).toBe("Hit");
      expect(refusalOf(await get("/a.html?change"), cloudfront)).toEqual(refusal);
    },
  );

  it("may be headers, which are not cached", async () => {
    const { get } = await startTestCloudFront({
      functions: {
        "viewer-response": changeResponse(
          'response.headers["x-query"] = [{ value: request.querystring }];',
        ),
      },
    });
    expect((await get("/a.html?1")).headers["x-query"]).toBe("1");
    expect(await get("/a.html?2")).toMatchObject({ xCache: "Hit", headers: { "x-query": "2" } });
  });
});
