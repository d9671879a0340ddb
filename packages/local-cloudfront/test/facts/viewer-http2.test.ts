import { connect, constants, type ClientHttp2Session } from "node:http2";
import { connect as connectTls } from "node:tls";
import { describe, expect, it, onTestFinished } from "vitest";
import { changeResponse, passAll } from "../support/function-sources.ts";
import { requestHttp2 } from "../support/http2.ts";
import { connectRaw } from "../support/raw-connection.ts";
import { respondsInTurn } from "../support/origin-responses.ts";
import { recordAll, recordedEvents } from "../support/recorded-events.ts";
import {
  startTestCloudFront,
  type TestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

const start = (options: TestCloudFrontOptions = {}): Promise<TestCloudFront> =>
  startTestCloudFront({
    ...options,
    distributionConfig: { HttpVersion: "http2", ...options.distributionConfig },
    options: { https: true, ...options.options },
  });

/** Offers protocols in the TLS handshake and returns the one agreed on, and its first answer. */
function handshake(
  { cloudfront }: TestCloudFront,
  protocols: readonly string[],
): Promise<{ readonly agreed: string | false | null; readonly answer: string }> {
  const { hostname, port } = new URL(cloudfront.url);
  return new Promise((resolve, reject) => {
    const socket = connectTls(
      {
        host: hostname,
        port: Number(port),
        rejectUnauthorized: false,
        ...(protocols.length > 0 && { ALPNProtocols: [...protocols] }),
      },
      () => socket.write("GET /a.html HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"),
    );
    socket.on("error", reject);
    socket.once("data", (chunk: Buffer) => {
      resolve({ agreed: socket.alpnProtocol, answer: chunk.toString("latin1") });
      socket.destroy();
    });
  });
}

function openSession({ cloudfront }: TestCloudFront): ClientHttp2Session {
  const session = connect(cloudfront.url, { rejectUnauthorized: false });
  session.on("error", () => undefined);
  onTestFinished(() => session.destroy());
  return session;
}

describe("HTTPS", () => {
  it("speaks HTTP/2 with those who offer it, and HTTP/1.1 with all others", async () => {
    const started = await start();
    const { status, headers, body } = await requestHttp2(started.cloudfront.url, {
      ":path": "/a.html",
    });
    expect({ status, body: body.toString() }).toEqual({ status: 200, body: "<h1>a</h1>" });
    expect(headers["via"]).toMatch(/^1\.1 \w+\.cloudfront\.net \(CloudFront\)$/);
    for (const protocols of [["http/1.1"], []]) {
      const { agreed, answer } = await handshake(started, protocols);
      expect(agreed).toBe(protocols[0] ?? false);
      expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    }
  });

  it("hangs up on those who do not speak TLS, and goes on", async () => {
    const started = await start();
    for (const bytes of ["GET / HTTP/1.1\r\nHost: localhost\r\n\r\n", "\u0016\u0003\u0001\u0000"]) {
      const connection = connectRaw(started.cloudfront.url);
      connection.socket.end(bytes, "latin1");
      expect(await connection.hungUp()).not.toContain("HTTP/1.1 2");
    }
    expect((await started.get("/a.html")).status).toBe(200);
  });

  it("is what `fetch` of the library speaks, which trusts the certificate made at start", async () => {
    const text = "compressible ".repeat(200);
    const { cloudfront, get, request } = await start({
      files: { "a.txt": text },
      properties: { Compress: true },
      cachePolicy: {
        ParametersInCacheKeyAndForwardedToOrigin: {
          EnableAcceptEncodingGzip: true,
          EnableAcceptEncodingBrotli: true,
        },
      },
    });
    expect(cloudfront.url).toMatch(/^https:/);
    const answer = await get("/a.txt");
    expect(answer).toMatchObject({ status: 200, body: text });
    expect(answer.headers["content-encoding"]).toBe("br");
    expect(await request("/a.txt", { method: "HEAD" })).toMatchObject({ status: 200, body: "" });
    const posted = await request("/a.txt", { method: "POST", body: "hello" });
    expect(posted.status).toBe(405);
    const answered = cloudfront.fetch("/a.txt", { viewer: { country: "Atlantis" } });
    await expect(answered).rejects.toThrow("Viewer's country is no country code");
  });

  it("speaks HTTP/1.1 alone where the distribution has no HTTP/2", async () => {
    const started = await start({ distributionConfig: { HttpVersion: "http1.1" } });
    const { agreed, answer } = await handshake(started, ["h2", "http/1.1"]);
    expect(agreed).toBe("http/1.1");
    expect(answer).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    const http2 = requestHttp2(started.cloudfront.url, { ":path": "/" });
    await expect(http2).rejects.toThrow(/alpn|alert|protocol/i);
  });
});

describe("a request over HTTP/2", () => {
  it("shows functions a Host and lower-case names, and tells the origin its version in Via", async () => {
    const started = await start({ functions: recordAll, server: respondsInTurn({}) });
    await requestHttp2(started.cloudfront.url, { ":path": "/a?b=1", "user-agent": "probe" });
    const { request } = recordedEvents(started.cloudfront)["viewer-request"];
    expect(request).toMatchObject({ method: "GET", uri: "/a", querystring: "b=1" });
    const { host } = new URL(started.cloudfront.url);
    expect(request.headers["host"]).toEqual([{ key: "Host", value: host }]);
    expect(request.headers["user-agent"]).toEqual([{ key: "user-agent", value: "probe" }]);
    expect(Object.keys(request.headers).filter((name) => name.startsWith(":"))).toEqual([]);
    expect(started.received[0]?.headers["via"]).toMatch(/^2\.0 /);
  });

  it("LE-A-35: GET with a body gets 403", async () => {
    const { cloudfront } = await start();
    const answer = await requestHttp2(
      cloudfront.url,
      { ":method": "GET", ":path": "/a.html" },
      Buffer.from("abc"),
    );
    expect(answer.status).toBe(403);
  });

  it("carries the body of POST to the origin", async () => {
    const { cloudfront, received } = await start({ server: respondsInTurn({ body: "thanks" }) });
    const body = Buffer.alloc(300_000, "x");
    const answer = await requestHttp2(cloudfront.url, { ":method": "POST", ":path": "/" }, body);
    expect(answer.body.toString()).toBe("thanks");
    expect(received[0]?.body).toHaveLength(300_000);
  });

  it.each<readonly [string, Record<string, string>, number]>([
    ["CF-J-10: a URL of more than 8,192 bytes", { ":path": `/${"a".repeat(8192)}` }, 414],
    [
      "CF-J-10: a head of more than 32,768 bytes",
      { ":path": "/", "x-large": "x".repeat(33_000) },
      494,
    ],
    ["CF-J-11: a malformed % sequence", { ":path": "/%zz" }, 400],
    ["CF-J-11: the asterisk", { ":path": "*", ":method": "OPTIONS" }, 400],
    ["CF-J-11: two hosts", { ":path": "/", ":authority": "localhost", host: "example.com" }, 400],
    ["an unknown host", { ":path": "/", ":authority": "example.com" }, 403],
    ["LE-A-36: CONNECT", { ":method": "CONNECT", ":authority": "localhost:443" }, 400],
    ["LE-A-36: TRACE", { ":path": "/", ":method": "TRACE" }, 403],
  ])("%s is refused with a page, and the connection goes on", async (_, headers, status) => {
    const started = await start({ functions: passAll });
    const session = openSession(started);
    const statusOf = (requested: Record<string, string>): Promise<number> =>
      new Promise((resolve, reject) => {
        const stream = session.request(requested);
        stream.on("response", (answered) => resolve(Number(answered[":status"])));
        stream.on("error", reject);
        stream.resume().end();
      });
    expect(await statusOf(headers)).toBe(status);
    expect(started.invoked()).toEqual([]);
    expect(await statusOf({ ":path": "/a.html" })).toBe(200);
  });

  it("gets answers whose headers HTTP/2 does not know: hop-by-hop ones, and two of what may be one", async () => {
    const { cloudfront } = await start({
      functions: {
        "viewer-response": changeResponse(`
          response.headers["x-content-type-options"] = [{ value: "nosniff" }, { value: "nosniff" }];
          response.headers["x-tokyo"] = [{ value: "\u6771" }];`),
      },
      server: (_, response) => {
        response.writeHead(200, [
          "ETag",
          '"1"',
          "ETag",
          '"2"',
          "Content-Type",
          "text/plain",
          "Content-Type",
          "a/b",
          "TE",
          "gzip",
          "HTTP2-Settings",
          "AAMAAABk",
          "Upgrade",
          "h2c",
          "Keep-Alive",
          "timeout=5",
          "X-Own",
          "1",
          "X-Own",
          "2",
        ]);
        response.end("ok");
      },
    });
    const { status, headers, body } = await requestHttp2(cloudfront.url, { ":path": "/" });
    expect({ status, body: body.toString() }).toEqual({ status: 200, body: "ok" });
    expect(headers).toMatchObject({
      etag: '"1"',
      "content-type": "text/plain",
      "x-content-type-options": "nosniff",
      "x-own": "1, 2",
    });
    expect(headers).not.toHaveProperty("te");
    expect(headers).not.toHaveProperty("http2-settings");
  });

  it("many at once share one connection, and one that is reset takes no other along", async () => {
    const started = await start({
      server: ({ url }, response) => {
        setTimeout(() => response.end(url), 10);
      },
    });
    const session = openSession(started);
    const bodies = await Promise.all(
      Array.from({ length: 30 }, async (_, index) => {
        const stream = session.request({ ":path": `/${index}` });
        stream.on("error", () => undefined);
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        if (index % 3 === 0) stream.close(constants.NGHTTP2_CANCEL);
        await new Promise((resolve) => stream.once("close", resolve));
        return Buffer.concat(chunks).toString();
      }),
    );
    expect(bodies).toEqual(bodies.map((_, index) => (index % 3 === 0 ? "" : `/${index}`)));
  });

  it("whose connection breaks in the middle of the response costs nothing but that response", async () => {
    const body = Buffer.alloc(20_000_000, "x").toString();
    const started = await start({ files: { "large.txt": body, "a.html": "a" } });
    const session = openSession(started);
    const stream = session.request({ ":path": "/large.txt" });
    stream.on("error", () => undefined);
    await new Promise((resolve) => stream.once("data", resolve));
    session.destroy();
    const answer = await requestHttp2(started.cloudfront.url, { ":path": "/a.html" });
    expect(answer.body.toString()).toBe("a");
  });
});
