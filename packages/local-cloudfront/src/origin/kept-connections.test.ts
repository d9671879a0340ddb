import { noFunctions } from "../../test/samples/no-functions.ts";
import type { Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { fakeClock } from "../../test/samples/fake-clock.ts";
import { sampleRequest } from "../../test/samples/http-message.ts";
import { failureOf, textOf } from "../../test/samples/origin-result.ts";
import { closeServers, listen, rawServer } from "../../test/samples/origin-server.ts";
import { sampleCustomOrigin } from "../../test/samples/origin.ts";
import type { CustomOrigin } from "../distribution/origins.ts";
import { selfSignedCertificate } from "../viewer/self-signed-certificate.ts";
import { createOriginClient } from "./create-origin-client.ts";

const originClient = createOriginClient({
  invoke: noFunctions,
  clock: fakeClock(),
  maxHeadBytes: 1000,
});

afterAll(() => originClient.close());
afterEach(closeServers);

const first = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nfirst";
const later = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nlater";

/** Answers the first request of each connection well; says what became of the second. */
function originThat(
  onSecondRequest: (socket: Socket) => void,
  changes: Partial<CustomOrigin> = {},
): Promise<CustomOrigin> & { readonly requests: string[] } {
  const requests: string[] = [];
  const origin = rawServer((socket, connection) => {
    let requestsHere = 0;
    socket.on("data", (bytes) => {
      requests.push(bytes.toString("latin1").split(" ", 1)[0] ?? "");
      if (++requestsHere > 1) onSecondRequest(socket);
      else socket.write(connection === 1 ? first : later);
    });
  }, changes);
  return Object.assign(origin, { requests });
}

describe("a request on a connection that was kept", () => {
  it.each(["GET", "HEAD", "OPTIONS"])(
    "%s goes out again where the origin was just closing it",
    async (method) => {
      const started = originThat((socket) => socket.destroy());
      const origin = await started;
      await originClient.fetch(origin, sampleRequest("/"));
      const answer = await originClient.fetch(origin, sampleRequest("/", {}, { method }));
      expect(answer.kind).toBe("response");
      expect(started.requests).toEqual(["GET", method, method]);
    },
  );

  it("goes out again where the origin was just closing it over TLS", async () => {
    const answersPerConnection: number[] = [];
    const server = createTlsServer(await selfSignedCertificate(), (socket) => {
      const connection = answersPerConnection.push(0) - 1;
      socket.on("error", () => undefined);
      socket.on("data", () => {
        const answers = (answersPerConnection[connection] ?? 0) + 1;
        answersPerConnection[connection] = answers;
        if (answers === 1) socket.write(first);
        else socket.end();
      });
    });
    const url = `https://localhost:${await listen(server)}`;
    const origin = sampleCustomOrigin({ content: { kind: "url", url } });
    await originClient.fetch(origin, sampleRequest("/"));
    expect(textOf(await originClient.fetch(origin, sampleRequest("/")))).toBe("first");
    expect(answersPerConnection).toEqual([2, 1]);
  });

  it("goes out as often as its attempts allow where the origin does not answer in time", async () => {
    const started = originThat(() => undefined, { readTimeoutSeconds: 0.1, connectionAttempts: 2 });
    const origin = await started;
    await originClient.fetch(origin, sampleRequest("/"));
    const options = sampleRequest("/", {}, { method: "OPTIONS" });
    expect(failureOf(await originClient.fetch(origin, options)).status).toBe(504);
    expect(started.requests).toEqual(["GET", "OPTIONS"]);
  });

  it.each([
    ["part of a head", "HTTP/1.1 200 OK\r\nX-A: ", "OriginReadError"],
    ["what is no HTTP", "SSH-2.0-OpenSSH\r\n\r\n", "OriginInvalidResponseError"],
    [
      "a head that is too large",
      `HTTP/1.1 200 OK\r\nX-A: ${"a".repeat(2000)}\r\n\r\n`,
      "OriginHeaderTooBigError",
    ],
    [
      "an impossible status",
      "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n",
      "OriginInvalidResponseError",
    ],
  ])("does not go out again where the origin has sent %s", async (_what, bytes, detail) => {
    const started = originThat((socket) => socket.end(bytes));
    const origin = await started;
    await originClient.fetch(origin, sampleRequest("/"));
    expect(failureOf(await originClient.fetch(origin, sampleRequest("/")))).toMatchObject({
      status: 502,
      detail,
    });
    expect(started.requests).toEqual(["GET", "GET"]);
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])(
    "is never a %s, which must not arrive twice",
    async (method) => {
      const started = originThat((socket) => socket.destroy());
      const origin = await started;
      await originClient.fetch(origin, sampleRequest("/"));
      expect(textOf(await originClient.fetch(origin, sampleRequest("/", {}, { method })))).toBe(
        "later",
      );
      expect(started.requests).toEqual(["GET", method]);
    },
  );

  it.each(["GET", "DELETE"])(
    "%s ends with the origin client, and does not go out again",
    async (method) => {
      const closing = createOriginClient({ invoke: noFunctions, clock: fakeClock() });
      const { promise: arrived, resolve } = Promise.withResolvers<void>();
      const requests: string[] = [];
      const origin = await rawServer((socket) => {
        socket.on("data", (bytes) => {
          requests.push(bytes.toString("latin1").split(" ", 2).join(" "));
          if (requests.length === 1) socket.write(first);
          else resolve();
        });
      });
      await closing.fetch(origin, sampleRequest("/"));
      const answer = closing.fetch(origin, sampleRequest("/slow", {}, { method }));
      await arrived;
      await closing.close();
      expect(failureOf(await answer).status).toBe(502);
      expect(requests).toEqual(["GET /", `${method} /slow`]);
    },
  );
});
