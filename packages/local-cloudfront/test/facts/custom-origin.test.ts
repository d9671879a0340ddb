import { createServer as createHttpsServer } from "node:https";
import { createServer as createTcpServer } from "node:net";
import { describe, expect, it } from "vitest";
import { selfSignedCertificate } from "../../src/viewer/self-signed-certificate.ts";
import { respondsInTurn } from "../support/origin-responses.ts";
import { listen, startWithOrigin, tcpOrigin } from "../support/tcp-origin.ts";
import { requestRaw } from "../support/raw-http.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

describe("a request to a custom origin", () => {
  it("CF-H-11: has the origin path and the stand-in's own path before its own", async () => {
    const { cloudfront, get, received } = await startTestCloudFront({
      server: respondsInTurn({}),
      origin: { OriginPath: "/base" },
    });
    await get("/a/b?c=1");
    expect(received[0]?.url).toBe("/base/a/b");
    expect(cloudfront.traces().at(-1)?.uri).toBe("/a/b");
  });

  it("CF-H-23, CF-J-07: has the raw path", async () => {
    const { cloudfront, received } = await startTestCloudFront({ server: respondsInTurn({}) });
    await requestRaw(cloudfront.url, "/a//b/../%7Ec%2F/./d");
    expect(received[0]?.url).toBe("/a//b/../%7Ec%2F/./d");
  });

  it("CF-H-25: has the origin's custom headers in the place of the viewer's", async () => {
    const { cloudfront, received } = await startTestCloudFront({
      server: respondsInTurn({}),
      origin: {
        OriginCustomHeaders: [
          { HeaderName: "X-A", HeaderValue: "2" },
          { HeaderName: "X-B", HeaderValue: "3" },
        ],
      },
      properties: { OriginRequestPolicyId: "b689b0a8-53d0-40ab-baf2-68738e2966ac" },
    });
    await requestRaw(cloudfront.url, "/", { "x-a": "1", "x-c": "4" });
    expect(received[0]?.headers).toMatchObject({ "x-a": "2", "x-b": "3", "x-c": "4" });
  });

  it("goes out on a kept connection where there is one", async () => {
    const connections: number[] = [];
    const url = await tcpOrigin((socket, count) => {
      connections.push(count);
      socket.on("data", () => {
        socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      });
    });
    const { get } = await startWithOrigin(url);
    for (const path of ["/a", "/b", "/c"]) expect((await get(path)).body).toBe("ok");
    expect(connections).toEqual([1]);
  });

  it("goes out anew where the origin has just closed the kept connection", async () => {
    const url = await tcpOrigin((socket, count) => {
      let requests = 0;
      socket.on("data", () => {
        if (count === 1 && ++requests > 1) socket.destroy();
        else socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok");
      });
    });
    const { get } = await startWithOrigin(url);
    for (const path of ["/a", "/b"]) expect(await get(path)).toMatchObject({ status: 200 });
  });

  it("speaks TLS to a stand-in with a certificate of its own", async () => {
    const server = createHttpsServer(await selfSignedCertificate(), (incoming, outgoing) => {
      outgoing.end(`${incoming.method} ${incoming.headers.host}`);
    });
    const { get } = await startWithOrigin(`https://127.0.0.1:${await listen(server)}`);
    expect((await get("/")).body).toBe("GET origin.example.com");
  });
});

describe("what a custom origin answers", () => {
  it.each([301, 302, 303])(
    "CF-H-24, LE-D-29: a %i goes to the viewer and is cached, not followed",
    async (status) => {
      const { get, received } = await startTestCloudFront({
        server: respondsInTurn({ status, headers: { location: "/elsewhere" }, body: "" }),
      });
      for (const xCache of ["Miss", "Hit"]) {
        expect(await get("/")).toMatchObject({
          status,
          xCache,
          headers: { location: "/elsewhere" },
        });
      }
      expect(received).toHaveLength(1);
    },
  );

  it("CF-H-15: a website endpoint is a custom origin, its error document and redirects its own", async () => {
    const { cloudfront, get } = await startTestCloudFront({
      server: ({ url }, response) => {
        if (url === "/blog") response.writeHead(302, { location: "/blog/" }).end();
        else response.writeHead(404, { "content-type": "text/html" }).end("<h1>404</h1>");
      },
      origin: {
        DomainName: "site.s3-website-us-east-1.amazonaws.com",
        CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
      },
    });
    expect([...cloudfront.distribution.origins.values()][0]?.kind).toBe("custom");
    expect(await get("/missing")).toMatchObject({ status: 404, body: "<h1>404</h1>" });
    expect(await get("/blog")).toMatchObject({ status: 302, headers: { location: "/blog/" } });
  });

  it("CF-H-04: Trailer and Upgrade stay here", async () => {
    const url = await tcpOrigin((socket) => {
      socket.once("data", () =>
        socket.end(
          "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTrailer: X-T\r\nUpgrade: h2c\r\nX-A: 1\r\n\r\n2\r\nok\r\n0\r\nX-T: 1\r\n\r\n",
        ),
      );
    });
    const { get } = await startWithOrigin(url);
    const { headers, body } = await get("/");
    expect({ body, "x-a": headers["x-a"] }).toEqual({ body: "ok", "x-a": "1" });
    for (const name of ["trailer", "upgrade", "x-t"]) expect(headers).not.toHaveProperty(name);
  });
});

describe("a custom origin that fails", () => {
  it("refuses the connection: 502, and the page says why", async () => {
    const server = createTcpServer();
    const port = await listen(server);
    await new Promise((resolve) => server.close(resolve));
    const { get, steps } = await startWithOrigin(`http://127.0.0.1:${port}`);
    const answer = await get("/");
    expect(answer).toMatchObject({ status: 502, xCache: "Error" });
    expect(answer.body).toContain(
      `Origin origin (http://127.0.0.1:${port}) could not be connected to: ECONNREFUSED`,
    );
    expect(steps()).toContain("origin");
  });

  it("hangs up without a response: 502, once for a POST", async () => {
    let connections = 0;
    const url = await tcpOrigin((socket) => {
      connections++;
      socket.once("data", () => socket.destroy());
    });
    const { request } = await startWithOrigin(url);
    const answer = await request("/", { method: "POST", body: "x" });
    expect(answer).toMatchObject({ status: 502, xCache: "Error" });
    expect(connections).toBe(1);
  });

  it.each([
    "not HTTP at all\r\n\r\n",
    "HTTP/1.1 999 No\r\n\r\n",
    "HTTP/1.1 200 OK\r\nno colon\r\n\r\n",
  ])("answers %j: 502", async (bytes) => {
    const url = await tcpOrigin((socket) => {
      socket.once("data", () => socket.end(bytes));
    });
    const { get } = await startWithOrigin(url);
    expect(await get("/")).toMatchObject({ status: 502, xCache: "Error" });
  });

  it("answers nothing within its response timeout: 504, after as many attempts as it has", async () => {
    let requests = 0;
    const url = await tcpOrigin((socket) => {
      socket.once("data", () => requests++);
    });
    const { get, request } = await startWithOrigin(url, {
      origin: {
        ConnectionAttempts: 2,
        CustomOriginConfig: { OriginProtocolPolicy: "http-only", OriginReadTimeout: 1 },
      },
    });
    expect(await get("/")).toMatchObject({ status: 504, xCache: "Error" });
    expect(requests).toBe(2);
    expect((await request("/", { method: "DELETE" })).status).toBe(504);
    expect(requests).toBe(3);
  });

  it("CF-G-20: is an error that is cached", async () => {
    let connections = 0;
    const url = await tcpOrigin((socket) => {
      connections++;
      socket.destroy();
    });
    const { get } = await startWithOrigin(url, { origin: { ConnectionAttempts: 1 } });
    for (const _attempt of [1, 2]) expect((await get("/")).status).toBe(502);
    expect(connections).toBe(1);
  });
});
