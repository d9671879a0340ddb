import { noFunctions } from "../../test/samples/no-functions.ts";
import type { IncomingMessage } from "node:http";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { fakeClock } from "../../test/samples/fake-clock.ts";
import { sampleRequest } from "../../test/samples/http-message.ts";
import { failureOf, responseOf, textOf } from "../../test/samples/origin-result.ts";
import { answering, closeServers, rawServer, webServer } from "../../test/samples/origin-server.ts";
import { sampleS3Origin } from "../../test/samples/origin.ts";
import { createOriginClient } from "./create-origin-client.ts";

const originClient = createOriginClient({ invoke: noFunctions, clock: fakeClock() });

afterAll(() => originClient.close());
afterEach(closeServers);

describe("a request to a custom origin", () => {
  it("CF-H-11, CF-H-23: carries the origin's path, the raw path, headers as spelled, custom headers", async () => {
    const seen: IncomingMessage[] = [];
    const origin = await webServer(
      (incoming, outgoing) => {
        seen.push(incoming);
        outgoing.end();
      },
      { path: "/v1", customHeaders: [{ name: "X-Origin-Verify", value: "secret" }] },
    );
    const headers = {
      Host: "api.example.test",
      "x-oDD": ["1", "2"],
      "X-Origin-Verify": "forged",
      Connection: "close",
      "Transfer-Encoding": "chunked",
      "Content-Length": "7",
    };
    await originClient.fetch(origin, sampleRequest("/a//b/../c%2F%20?x=1&y=%zz", headers));
    expect(seen[0]?.url).toBe("/v1/a//b/../c%2F%20?x=1&y=%zz");
    expect(seen[0]?.rawHeaders).toEqual([
      "Host",
      "api.example.test",
      "x-oDD",
      "1",
      "x-oDD",
      "2",
      "X-Origin-Verify",
      "secret",
      "Connection",
      "keep-alive",
    ]);
  });

  it("a stand-in's own path comes first", async () => {
    const seen: (string | undefined)[] = [];
    const origin = await webServer((incoming, outgoing) => {
      seen.push(incoming.url);
      outgoing.end();
    });
    const url = origin.content.kind === "url" ? `${origin.content.url}/base/` : "";
    await originClient.fetch(
      { ...origin, path: "/v1", content: { kind: "url", url } },
      sampleRequest("/a"),
    );
    expect(seen).toEqual(["/base/v1/a"]);
  });

  it.each([
    ["GET", undefined, undefined],
    ["POST", undefined, "0"],
    ["POST", "body", "4"],
    ["DELETE", undefined, undefined],
    ["PUT", "body", "4"],
  ])("%s with the body %j has the Content-Length %j", async (method, body, contentLength) => {
    const origin = await webServer(async (incoming, outgoing) => {
      const parts = await incoming.toArray();
      outgoing.end(`${incoming.method} ${incoming.headers["content-length"]} ${parts.join("")}`);
    });
    const request = sampleRequest(
      "/",
      {},
      {
        method,
        body: body === undefined ? undefined : Buffer.from(body),
      },
    );
    expect(textOf(await originClient.fetch(origin, request))).toBe(
      `${method} ${contentLength} ${body ?? ""}`,
    );
  });

  it("LE-B-18, LE-B-19: bytes beyond ASCII stay, other characters go as UTF-8", async () => {
    const origin = await webServer((incoming, outgoing) => {
      const [a, b] = ["x-a", "x-b"].map((name) =>
        Buffer.from(String(incoming.headers[name]), "latin1"),
      );
      outgoing.end(`${incoming.url} ${a?.toString("hex")} ${b?.toString("hex")}`);
    });
    const request = sampleRequest("/\u00e9 \u20ac", { "X-A": "\u00e9", "X-B": "\u20ac" });
    const answer = await originClient.fetch(origin, request);
    expect(textOf(answer)).toBe("/%C3%A9%20%E2%82%AC e9 e282ac");
  });

  it("has the origin's Host where a function took it away", async () => {
    const origin = await webServer((incoming, outgoing) => outgoing.end(incoming.headers.host));
    expect(textOf(await originClient.fetch(origin, sampleRequest("/")))).toBe("api.example.test");
  });

  it.each(["a\r\nX-Smuggled: 1", "a\nb", "a\0b"])(
    "a header that would smuggle (%j) is not sent",
    async (value) => {
      let requests = 0;
      const origin = await webServer((_incoming, outgoing) => {
        requests++;
        outgoing.end();
      });
      const answer = await originClient.fetch(origin, sampleRequest("/", { "X-A": value }));
      expect(failureOf(answer)).toMatchObject({
        status: 502,
        detail: "OriginCommError",
        message: expect.stringMatching(/^No such request can go to Origin api .*"X-A"/),
      });
      expect(requests).toBe(0);
    },
  );

  it("connections are kept and used again", async () => {
    const ports = new Set<number | undefined>();
    const origin = await webServer((incoming, outgoing) => {
      ports.add(incoming.socket.remotePort);
      outgoing.end();
    });
    for (let index = 0; index < 3; index++) await originClient.fetch(origin, sampleRequest("/"));
    expect(ports.size).toBe(1);
  });

  it("a bucket with a server in its place is asked like any server", async () => {
    const { content } = await webServer((incoming, outgoing) => outgoing.end(incoming.url));
    const answer = await originClient.fetch(
      sampleS3Origin({ content, path: "/p" }),
      sampleRequest("/a"),
    );
    expect(textOf(answer)).toBe("/p/a");
  });
});

describe("the response of a custom origin", () => {
  it("keeps status, reason and header lines as they came, without those of the connection", async () => {
    const origin = await rawServer(
      answering(
        "HTTP/1.1 203 Somewhat OK\r\nx-oDD: 1\r\nSet-Cookie: a=1\r\nset-cookie: b=2\r\nConnection: close\r\nKeep-Alive: timeout=5\r\nContent-Length: 2\r\n\r\nhi",
      ),
    );
    const answer = await originClient.fetch(origin, sampleRequest("/"));
    const { status, statusDescription, headers } = responseOf(answer);
    expect([status, statusDescription]).toEqual([203, "Somewhat OK"]);
    expect(headers).toEqual({
      "x-odd": [{ key: "x-oDD", value: "1" }],
      "set-cookie": [
        { key: "Set-Cookie", value: "a=1" },
        { key: "set-cookie", value: "b=2" },
      ],
      "content-length": [{ key: "Content-Length", value: "2" }],
    });
    expect(responseOf(answer)).not.toHaveProperty("isIncomplete");
  });

  it("LE-D-29: a redirect is not followed", async () => {
    const origin = await webServer((_incoming, outgoing) =>
      outgoing.writeHead(302, { Location: "/other" }).end(),
    );
    expect(responseOf(await originClient.fetch(origin, sampleRequest("/"))).status).toBe(302);
  });

  it("stays compressed", async () => {
    const origin = await webServer((_incoming, outgoing) =>
      outgoing.setHeader("Content-Encoding", "gzip").end("not really"),
    );
    expect(textOf(await originClient.fetch(origin, sampleRequest("/")))).toBe("not really");
  });

  it("HEAD has no body and keeps its Content-Length", async () => {
    const origin = await webServer((_incoming, outgoing) =>
      outgoing.setHeader("Content-Length", 5).end("12345"),
    );
    const answer = await originClient.fetch(origin, sampleRequest("/", {}, { method: "HEAD" }));
    expect(responseOf(answer).headers["content-length"]?.[0]?.value).toBe("5");
    expect([textOf(answer), responseOf(answer).isIncomplete]).toEqual(["", undefined]);
  });

  it.each([
    ["Content-Length", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "half"],
    ["chunks", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n4\r\nhalf\r\n", "half"],
  ])("CF-G-41: with fewer bytes than its %s is incomplete", async (_by, bytes, body) => {
    const origin = await rawServer(answering(bytes));
    const answer = await originClient.fetch(origin, sampleRequest("/"));
    expect(responseOf(answer).isIncomplete).toBe(true);
    expect(textOf(answer)).toBe(body);
  });

  it("CF-G-41: without a length it is complete when the connection ends", async () => {
    const origin = await rawServer(answering("HTTP/1.1 200 OK\r\n\r\nall"));
    const answer = await originClient.fetch(origin, sampleRequest("/"));
    expect([textOf(answer), responseOf(answer).isIncomplete]).toEqual(["all", undefined]);
  });
});
