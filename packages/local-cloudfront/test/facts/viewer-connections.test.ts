import { describe, expect, it } from "vitest";
import { changeResponse, passAll, passRequest, returning } from "../support/function-sources.ts";
import { respondsInTurn } from "../support/origin-responses.ts";
import { recordedEvents, recordAll } from "../support/recorded-events.ts";
import { connectRaw, sendRaw } from "../support/raw-connection.ts";
import { startTestCloudFront, type TestCloudFront } from "../support/start-test-cloudfront.ts";

const host = "Host: localhost\r\n";
const get = (path: string): string => `GET ${path} HTTP/1.1\r\n${host}\r\n`;
const lastTrace = ({ cloudfront }: TestCloudFront) => cloudfront.traces().at(-1);

describe("a connection of HTTP/1.1", () => {
  it("is kept for the next request", async () => {
    const { cloudfront } = await startTestCloudFront();
    const connection = connectRaw(cloudfront.url);
    for (const path of ["/a.html", "/missing", "/a.html"]) {
      connection.write(get(path));
      const { headers } = await connection.answer();
      expect(headers["connection"]).toBe("keep-alive");
    }
    expect(cloudfront.traces().map(({ status }) => status)).toEqual([200, 404, 200]);
  });

  it.each([
    ["the viewer of HTTP/1.1 says so", `GET /a.html HTTP/1.1\r\n${host}Connection: close\r\n\r\n`],
    ["the viewer speaks HTTP/1.0", `GET /a.html HTTP/1.0\r\n${host}\r\n`],
  ])("is closed where %s", async (_, request) => {
    const { cloudfront } = await startTestCloudFront();
    const connection = connectRaw(cloudfront.url);
    connection.write(request);
    expect(await connection.answer()).toMatchObject({
      status: 200,
      headers: { connection: "close" },
    });
    expect(await connection.hungUp()).toBe("");
  });

  it("answers pipelined requests in their order, however long each takes", async () => {
    const { cloudfront } = await startTestCloudFront({
      server: ({ url }, response) => {
        setTimeout(() => response.end(url), url === "/slow" ? 40 : 0);
      },
    });
    const connection = connectRaw(cloudfront.url);
    connection.write(get("/slow") + get("/fast") + get("/%zz") + get("/never"));
    expect((await connection.answer()).body).toBe("/slow");
    expect((await connection.answer()).body).toBe("/fast");
    // After a malformed request nobody knows what the rest of the bytes is.
    expect((await connection.answer()).status).toBe(400);
    expect(await connection.hungUp()).toBe("");
  });

  it("takes a request that comes byte by byte, while others are served", async () => {
    const { cloudfront, received } = await startTestCloudFront({ server: respondsInTurn({}) });
    const slow = connectRaw(cloudfront.url);
    const bytes = `POST /slow HTTP/1.1\r\n${host}Content-Length: 3\r\n\r\nabc`;
    for (const byte of bytes) {
      slow.write(byte);
      expect((await sendRaw(cloudfront.url, get("/fast"))).status).toBe(200);
    }
    expect((await slow.answer()).status).toBe(200);
    expect(received.at(-1)).toMatchObject({ method: "POST", body: "abc" });
  });

  it("waits for a viewer that does not read, while others are served", async () => {
    const body = Buffer.alloc(20_000_000, "x").toString();
    const { cloudfront } = await startTestCloudFront({
      files: { "large.txt": body, "a.html": "a" },
    });
    const slow = connectRaw(cloudfront.url);
    slow.socket.pause();
    slow.write(get("/large.txt"));
    await expect.poll(() => cloudfront.traces().length, { timeout: 15_000 }).toBe(1);
    expect((await sendRaw(cloudfront.url, get("/a.html"))).body).toBe("a");
    slow.socket.resume();
    expect((await slow.answer()).body).toHaveLength(body.length);
  });

  it("HEAD is answered with the headers of GET and no body", async () => {
    const { cloudfront } = await startTestCloudFront();
    const connection = connectRaw(cloudfront.url);
    connection.write(`HEAD /a.html HTTP/1.1\r\n${host}\r\n${get("/a.html")}`);
    const head = await connection.answer({ hasBody: false });
    const whole = await connection.answer();
    expect(head.headers["content-length"]).toBe(whole.headers["content-length"]);
    expect(whole.body).toBe("<h1>a</h1>");
  });

  it("Expect: 100-continue gets leave to send the body, but not for a request that is refused", async () => {
    const { cloudfront, received } = await startTestCloudFront({ server: respondsInTurn({}) });
    const connection = connectRaw(cloudfront.url);
    const expecting = (method: string, path: string): string =>
      `${method} ${path} HTTP/1.1\r\n${host}Expect: 100-continue\r\nContent-Length: 3\r\n\r\n`;
    connection.write(expecting("POST", "/a"));
    expect((await connection.answer()).statusLine).toBe("HTTP/1.1 100 Continue");
    connection.write("abc");
    expect((await connection.answer()).status).toBe(200);
    expect(received).toMatchObject([{ body: "abc" }]);
    expect(received[0]?.headers).not.toHaveProperty("expect");
    connection.write(expecting("POST", "/%zz"));
    expect((await connection.answer()).status).toBe(400);
    expect((await sendRaw(cloudfront.url, expecting("GET", "/a"))).status).toBe(403);
  });

  it("the absolute form of a target names the host, whatever Host says", async () => {
    const started = await startTestCloudFront({ functions: recordAll });
    const { url } = started.cloudfront;
    const request = (target: string): string =>
      `GET ${target} HTTP/1.1\r\nHost: example.net\r\n\r\n`;
    expect((await sendRaw(url, request("http://localhost/a.html?b=1"))).status).toBe(200);
    expect(recordedEvents(started.cloudfront)["viewer-request"].request).toMatchObject({
      uri: "/a.html",
      querystring: "b=1",
      headers: { host: [{ key: "Host", value: "localhost" }] },
    });
    await sendRaw(url, request("https://localhost?b=1"));
    expect(lastTrace(started)).toMatchObject({ uri: "/", querystring: "b=1" });
    const evil = `GET http://example.net/a.html HTTP/1.1\r\n${host}\r\n`;
    expect((await sendRaw(url, evil)).status).toBe(403);
  });

  it("headers of one connection reach neither the origin nor a function, nor come back", async () => {
    const { cloudfront, received } = await startTestCloudFront({
      functions: recordAll,
      originRequestPolicy: { HeadersConfig: { HeaderBehavior: "allViewer" } },
      server: (_, response) => {
        response.setHeader("Proxy-Connection", "keep-alive");
        response.setHeader("Keep-Alive", "timeout=7");
        response.end("ok");
      },
    });
    const answer = await sendRaw(
      cloudfront.url,
      `GET /a HTTP/1.1\r\n${host}Connection: keep-alive, Upgrade\r\nKeep-Alive: 300\r\n` +
        "Proxy-Connection: keep-alive\r\nTE: trailers\r\nUpgrade: h2c\r\nX-Own: 1\r\n\r\n",
    );
    expect(answer.status).toBe(200);
    const gone = ["keep-alive", "proxy-connection", "te", "upgrade"];
    const atOrigin = Object.keys(received[0]?.headers ?? {});
    expect(atOrigin).toContain("x-own");
    expect(gone.filter((name) => atOrigin.includes(name))).toEqual([]);
    expect(Object.keys(answer.headers)).not.toEqual(expect.arrayContaining(["proxy-connection"]));
    expect(answer.headers["keep-alive"]).toBeUndefined();
    const { request } = recordedEvents(cloudfront)["viewer-request"];
    const disallowed = ["connection", "keep-alive", "proxy-connection", "upgrade", "expect"];
    expect(disallowed.filter((name) => name in request.headers)).toEqual([]);
  });

  it("LE-A-28: a WebSocket upgrade is answered 501 and told why", async () => {
    const started = await startTestCloudFront({ functions: passAll });
    const answer = await sendRaw(
      started.cloudfront.url,
      `GET /chat HTTP/1.1\r\n${host}Connection: Upgrade\r\nUpgrade: websocket\r\n` +
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n",
    );
    expect(answer.status).toBe(501);
    expect(answer.body).toContain("WebSocket");
    expect(started.invoked()).toEqual([]);
  });
});

describe("a viewer that hangs up", () => {
  it("in the middle of its request costs nothing but that request", async () => {
    const started = await startTestCloudFront({ functions: passAll, server: respondsInTurn({}) });
    for (const part of [
      "POST / HT",
      `POST / HTTP/1.1\r\n${host}Content-Le`,
      `POST / HTTP/1.1\r\n${host}Content-Length: 100\r\n\r\nabc`,
      `POST / HTTP/1.1\r\n${host}Transfer-Encoding: chunked\r\n\r\n5\r\nab`,
    ]) {
      const { socket } = connectRaw(started.cloudfront.url);
      await new Promise<void>((resolve) => socket.write(part, "latin1", () => resolve()));
      socket.destroy();
    }
    const traces = () => started.cloudfront.traces();
    await expect.poll(() => traces().length, { timeout: 15_000 }).toBe(2);
    expect(traces().map(({ detailedResultType }) => detailedResultType)).toEqual([
      "ClientHungUpRequest",
      "ClientHungUpRequest",
    ]);
    expect(started.received).toEqual([]);
    expect((await started.get("/a")).status).toBe(200);
  });

  it("while its function runs, or while the origin thinks, does not end the request", async () => {
    let answer = (): void => undefined;
    const started = await startTestCloudFront({
      functions: { "viewer-request": passRequest },
      server: ({ url }, response) => {
        if (url === "/next") response.end("next");
        else answer = () => response.end("late");
      },
    });
    const { socket, write } = connectRaw(started.cloudfront.url);
    write(get("/late"));
    await expect.poll(() => started.received.length, { timeout: 15_000 }).toBe(1);
    socket.destroy();
    expect((await started.get("/next")).body).toBe("next");
    answer();
    await expect.poll(() => started.cloudfront.traces().length, { timeout: 15_000 }).toBe(2);
    expect(await started.get("/late")).toMatchObject({ body: "late", xCache: "Hit" });
  });

  it("in the middle of the response costs nothing but that response", async () => {
    const body = Buffer.alloc(20_000_000, "x").toString();
    const { cloudfront, get: getPage } = await startTestCloudFront({
      files: { "large.txt": body, "a.html": "a" },
    });
    for (const _attempt of [1, 2, 3]) {
      const { socket, write } = connectRaw(cloudfront.url);
      write(get("/large.txt"));
      await new Promise((resolve) => socket.once("data", resolve));
      socket.destroy();
    }
    expect((await getPage("/a.html")).body).toBe("a");
  });
});

describe("what goes back on the wire", () => {
  it("keeps the names and the order of header lines, and writes what is beyond bytes as UTF-8", async () => {
    const { cloudfront } = await startTestCloudFront({
      functions: {
        "viewer-response": changeResponse(`
          response.headers["x-tokyo"] = [{ key: "X-ToKyO", value: "\u6771\u4eac" }];
          response.headers["set-cookie"] = [{ value: "a=1" }, { value: "b=2" }];`),
      },
    });
    const answer = await sendRaw(cloudfront.url, get("/a.html"));
    expect(Buffer.from(answer.headers["x-tokyo"] ?? "", "latin1").toString()).toBe("\u6771\u4eac");
    expect(answer.headers["set-cookie"]).toBe("a=1, b=2");
  });

  it("X-Amz-Cf-Id is the requestId of the events and of the trace, and never the same twice", async () => {
    const started = await startTestCloudFront({
      functions: {
        "viewer-request": returning(
          `{ status: "200", body: event.Records[0].cf.config.requestId }`,
        ),
      },
    });
    const ids = new Set<string>();
    for (const _attempt of [1, 2, 3]) {
      const { headers, body } = await started.get("/a");
      expect(headers["x-amz-cf-id"]).toBe(body);
      expect(lastTrace(started)?.requestId).toBe(body);
      ids.add(body);
    }
    expect(ids.size).toBe(3);
  });
});
