import { once } from "node:events";
import { describe, expect, it } from "vitest";
import { accessLogFile, readAccessLog } from "../support/access-log-file.ts";
import { returning } from "../support/function-sources.ts";
import { requestHttp2 } from "../support/http2.ts";
import { connectRaw } from "../support/raw-connection.ts";
import { startWithOrigin, tcpOrigin } from "../support/tcp-origin.ts";
import type { TestCloudFrontOptions } from "../support/start-test-cloudfront.ts";

const shortOfLength = "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\npart";
const withoutLastChunk = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\npart\r\n";

/** A distribution whose origin hangs up after the given bytes, and how often it was asked. */
async function startBroken(bytes: string, options: TestCloudFrontOptions = {}) {
  let requests = 0;
  const url = await tcpOrigin((socket) => {
    socket.once("data", () => {
      requests += 1;
      socket.end(bytes);
    });
  });
  return { ...(await startWithOrigin(url, options)), requests: () => requests };
}

/** All bytes that a viewer is sent until the connection ends, in two parts: head and body. */
async function received(url: string, headerLines = ""): Promise<readonly string[]> {
  const viewer = connectRaw(url);
  let isReset = false;
  viewer.socket.on("error", () => (isReset = true));
  viewer.write(`GET / HTTP/1.1\r\nHost: localhost\r\n${headerLines}\r\n`);
  const bytes = await viewer.hungUp();
  if (isReset) throw new Error("The connection was reset.");
  const end = bytes.indexOf("\r\n\r\n");
  return [bytes.slice(0, end), bytes.slice(end + 4)];
}

describe("a body that broke off at the origin", () => {
  it.each<[name: string, bytes: string, framing: string, body: string]>([
    ["shorter than its Content-Length", shortOfLength, "Content-Length: 9", "part"],
    ["without its last chunk", withoutLastChunk, "Transfer-Encoding: chunked", "4\r\npart\r\n"],
    [
      "of which nothing came",
      "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\n",
      "Content-Length: 9",
      "",
    ],
  ])(
    "CF-G-41: %s breaks off at the viewer too, and is not cached",
    async (_, bytes, framing, body) => {
      const { cloudfront, requests } = await startBroken(bytes);
      for (const _attempt of [1, 2]) {
        const [head, rest] = await received(cloudfront.url);
        expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
        expect(head).toContain(`\r\n${framing}`);
        expect(head).toContain("\r\nX-Cache: Miss from cloudfront");
        expect(rest).toBe(body);
      }
      expect(requests()).toBe(2);
    },
  );

  it("CF-G-41: resets the connection of HTTP/1.0, which knows no chunks", async () => {
    const { cloudfront } = await startBroken(withoutLastChunk);
    const { socket, write } = connectRaw(cloudfront.url);
    const failed = once(socket, "error");
    write("GET / HTTP/1.0\r\nHost: localhost\r\n\r\n");
    expect(await failed).toMatchObject([{ code: "ECONNRESET" }]);
  });

  it("CF-G-41: ends the stream with an error over HTTP/2", async () => {
    const { cloudfront } = await startBroken(shortOfLength, {
      distributionConfig: { HttpVersion: "http2" },
      options: { https: true },
    });
    await expect(requestHttp2(cloudfront.url, { ":path": "/" })).rejects.toThrow(
      "NGHTTP2_INTERNAL_ERROR",
    );
  });

  it("CF-G-41: makes what reads it as fetch does fail", async () => {
    const { cloudfront } = await startBroken(shortOfLength);
    const response = await cloudfront.fetch("/");
    expect(response.status).toBe(200);
    await expect(response.text()).rejects.toThrow("terminated");
  });

  it("CF-G-41: has no parts", async () => {
    const { cloudfront } = await startBroken(shortOfLength);
    const [head, body] = await received(cloudfront.url, "Range: bytes=0-1\r\n");
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(body).toBe("part");
  });

  it("CF-G-41: stays broken behind functions that leave it alone, and is whole where one replaces it", async () => {
    const kept = await startBroken(shortOfLength, {
      functions: { "origin-response": "exports.handler = async (e) => e.Records[0].cf.response;" },
    });
    expect((await received(kept.cloudfront.url))[1]).toBe("part");
    const replaced = await startBroken(shortOfLength, {
      functions: { "origin-response": returning('{ status: "200", body: "all of it" }') },
    });
    expect(await replaced.get("/")).toMatchObject({ status: 200, body: "all of it" });
  });

  it("CF-K-04: is an error of reading from the origin in the access log", async () => {
    const accessLog = accessLogFile();
    const { cloudfront } = await startBroken(shortOfLength, { options: { accessLog } });
    await received(cloudfront.url);
    expect(await readAccessLog(accessLog, cloudfront)).toMatchObject([
      { "x-edge-result-type": "Error", "x-edge-detailed-result-type": "OriginReadError" },
    ]);
  });
});
