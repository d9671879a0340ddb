import { noFunctions } from "../../test/samples/no-functions.ts";
import { createServer as createHttpServer } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { afterAll, afterEach, describe, expect, it, onTestFinished } from "vitest";
import type { CustomOrigin, Origin } from "../distribution/origins.ts";
import { fakeClock } from "../../test/samples/fake-clock.ts";
import { sampleRequest } from "../../test/samples/http-message.ts";
import { failureOf, textOf } from "../../test/samples/origin-result.ts";
import {
  answering,
  closeServers,
  listen,
  rawServer,
  webServer,
} from "../../test/samples/origin-server.ts";
import { sampleCustomOrigin, sampleS3Origin } from "../../test/samples/origin.ts";
import { selfSignedCertificate } from "../viewer/self-signed-certificate.ts";
import { createOriginClient } from "./create-origin-client.ts";

const originClient = createOriginClient({
  invoke: noFunctions,
  clock: fakeClock(),
  maxBodyBytes: 100_000,
});

afterAll(() => originClient.close());
afterEach(closeServers);

describe("an origin that cannot be had", () => {
  it("refuses connections: 502", async () => {
    const origin = await webServer(() => undefined);
    await closeServers();
    expect(failureOf(await originClient.fetch(origin, sampleRequest("/")))).toMatchObject({
      status: 502,
      detail: "OriginConnectError",
      message: expect.stringMatching(
        /^Origin api \(http:\/\/localhost:\d+\) could not be connected to: ECONNREFUSED\.$/,
      ),
    });
  });

  it("LE-A-20: has a name that does not resolve: 502 before anything is sent", async () => {
    const origin = sampleCustomOrigin({ domainName: "no-such-name.invalid" });
    const failure = { status: 502, detail: "OriginDnsError" };
    expect(await originClient.resolve(origin)).toMatchObject({
      ...failure,
      message: expect.stringMatching(/does not resolve: \w+\. Pass --origin api=DIR or api=URL\.$/),
    });
    expect(failureOf(await originClient.fetch(origin, sampleRequest("/")))).toMatchObject(failure);
  });

  it("is not deployed: 502 with the option that gives it content, and nobody is contacted", async () => {
    const origin = await webServer((_request, response) => response.end("contacted"));
    const content = { kind: "not-deployed" } as const;
    const here = { ...origin, domainName: "localhost", content };
    expect(await originClient.resolve(here)).toBeUndefined();
    expect(failureOf(await originClient.fetch(here, sampleRequest("/")))).toEqual({
      status: 502,
      detail: "OriginDnsError",
      message:
        "Origin api (localhost) is not contacted: only a deployment gives it its host name. Pass --origin api=DIR or api=URL.",
    });
  });

  it("LE-A-20: a stand-in needs no name", async () => {
    const domainName = "no-such-name.invalid";
    const folder = { kind: "folder", path: "/nowhere" } as const;
    const url = { kind: "url", url: "http://localhost:1" } as const;
    expect(
      await originClient.resolve(sampleCustomOrigin({ domainName, content: url })),
    ).toBeUndefined();
    expect(
      await originClient.resolve(sampleS3Origin({ domainName, content: folder })),
    ).toBeUndefined();
    expect(
      await originClient.resolve(sampleCustomOrigin({ domainName: "localhost" })),
    ).toBeUndefined();
  });

  it("is a private bucket without content on this machine: 502 with the remedy", async () => {
    const origin = sampleS3Origin();
    expect(await originClient.resolve(origin)).toBeUndefined();
    const failure = failureOf(await originClient.fetch(origin, sampleRequest("/")));
    expect(failure.message).toMatchInlineSnapshot(
      `"Origin site (site-bucket.s3.eu-west-3.amazonaws.com) has no content on this machine, and its bucket is private. Pass --origin site=DIR or site=URL."`,
    );
  });

  it("LE-B-41: is named by the host that a function chose, whose option gives it content", async () => {
    const origin: Origin = { ...sampleS3Origin(), isElsewhere: true };
    const failure = failureOf(await originClient.fetch(origin, sampleRequest("/")));
    expect(failure.message).toContain(`Pass --origin ${origin.domainName}=DIR`);
  });

  it.each([
    ["is no HTTP", "SSH-2.0-OpenSSH\r\n\r\n"],
    ["has two lengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"],
    ["has a header that is none", "HTTP/1.1 200 OK\r\nno colon\r\n\r\n"],
    ["has an impossible status", "HTTP/1.1 999 Odd\r\nContent-Length: 0\r\n\r\n"],
    [
      "switches protocols",
      "HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n",
    ],
  ])("answers what %s: 502", async (_problem, bytes) => {
    const origin = await rawServer(answering(bytes));
    expect(failureOf(await originClient.fetch(origin, sampleRequest("/")))).toMatchObject({
      status: 502,
      detail: "OriginInvalidResponseError",
    });
  });

  it("closes the connection without a response: 502", async () => {
    const origin = await rawServer(answering(""));
    expect(failureOf(await originClient.fetch(origin, sampleRequest("/")))).toMatchObject({
      status: 502,
      detail: "OriginReadError",
    });
  });

  it("sends headers that are too large: 502", async () => {
    const origin = await rawServer(
      answering(`HTTP/1.1 200 OK\r\nX-A: ${"a".repeat(40_000)}\r\n\r\n`),
    );
    expect(failureOf(await originClient.fetch(origin, sampleRequest("/")))).toMatchObject({
      status: 502,
      detail: "OriginHeaderTooBigError",
    });
  });

  it("sends a body that does not fit into memory: 502", async () => {
    const origin = await webServer((_incoming, outgoing) => outgoing.end("x".repeat(100_001)));
    expect(failureOf(await originClient.fetch(origin, sampleRequest("/")))).toMatchObject({
      status: 502,
      detail: "OriginReadError",
    });
  });

  it.each([
    ["GET", 3, 3],
    ["HEAD", 2, 2],
    ["GET", 1, 1],
    ["POST", 3, 1],
    ["OPTIONS", 3, 1],
  ])(
    "CF-K-04: does not answer %s in time: 504 after %i attempts allowed, %i made",
    async (method, connectionAttempts, made) => {
      let requests = 0;
      const origin = await webServer(() => requests++, {
        readTimeoutSeconds: 0.2,
        connectionAttempts,
      });
      const answer = await originClient.fetch(origin, sampleRequest("/", {}, { method }));
      expect(failureOf(answer)).toMatchObject({ status: 504, detail: "OriginCommError" });
      expect(requests).toBe(made);
    },
  );

  it("stops sending in the middle: 504", async () => {
    const origin = await rawServer(
      (socket) =>
        socket.once("data", () => socket.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")),
      { readTimeoutSeconds: 0.2, connectionAttempts: 1 },
    );
    expect(failureOf(await originClient.fetch(origin, sampleRequest("/"))).status).toBe(504);
  });

  it("never completes its response: 504", async () => {
    const origin = await webServer(
      (_incoming, outgoing) => {
        const timer = setInterval(() => outgoing.write("."), 10);
        outgoing.on("close", () => clearInterval(timer));
      },
      { responseCompletionTimeoutSeconds: 0.1, connectionAttempts: 1 },
    );
    const failure = failureOf(await originClient.fetch(origin, sampleRequest("/")));
    expect(failure).toMatchObject({ status: 504 });
    expect(failure.message).toContain("did not complete its response within 0.1 s");
  });

  it("is asked again when it answers late once", async () => {
    let requests = 0;
    const origin = await webServer(
      (_incoming, outgoing) => {
        if (++requests > 1) outgoing.end("second");
      },
      { readTimeoutSeconds: 0.5 },
    );
    expect(textOf(await originClient.fetch(origin, sampleRequest("/")))).toBe("second");
  });
});

describe("the protocol of an origin", () => {
  it("match-viewer follows the viewer's protocol", async () => {
    const httpPort = await listen(createHttpServer((_incoming, outgoing) => outgoing.end("plain")));
    const origin = sampleCustomOrigin({
      domainName: "localhost",
      protocolPolicy: "match-viewer",
      httpPort,
      httpsPort: httpPort,
      connectionAttempts: 1,
    });
    expect(textOf(await originClient.fetch(origin, sampleRequest("/"), "http"))).toBe("plain");
    // The same port speaks no TLS.
    expect(failureOf(await originClient.fetch(origin, sampleRequest("/"), "https"))).toMatchObject({
      status: 502,
      detail: "OriginConnectError",
    });
  });

  it("a server on this machine stands in over HTTPS with any certificate, an origin needs a good one", async () => {
    const certificate = await selfSignedCertificate();
    const port = await listen(
      createHttpsServer(certificate, (_incoming, outgoing) => outgoing.end("secure")),
    );
    const content = { kind: "url", url: `https://localhost:${port}` } as const;
    const standIn = sampleCustomOrigin({ content });
    expect(textOf(await originClient.fetch(standIn, sampleRequest("/")))).toBe("secure");
    const origin = sampleCustomOrigin({ domainName: "localhost", httpsPort: port });
    expect(failureOf(await originClient.fetch(origin, sampleRequest("/")))).toMatchObject({
      status: 502,
      detail: "OriginConnectError",
      message: expect.stringContaining("DEPTH_ZERO_SELF_SIGNED_CERT"),
    });
  });

  it("FN-I-49: TLS asks for sni, else for hostHeader, and the certificate needs an allowed name", async () => {
    const certificate = await selfSignedCertificate();
    const trusted = getCACertificates("default");
    setDefaultCACertificates([...trusted, certificate.cert]);
    onTestFinished(() => setDefaultCACertificates(trusted));
    const asked: string[] = [];
    const port = await listen(
      createHttpsServer(
        {
          ...certificate,
          SNICallback: (name, done) => {
            asked.push(name);
            // oxlint-disable-next-line unicorn/no-null -- Node.js asks for it
            done(null);
          },
        },
        (_incoming, outgoing) => outgoing.end("secure"),
      ),
    );
    const origin = sampleCustomOrigin({
      domainName: "localhost",
      httpsPort: port,
      connectionAttempts: 1,
    });
    const fetched = (changes: Partial<CustomOrigin>) =>
      originClient.fetch({ ...origin, ...changes }, sampleRequest("/"));
    const otherName = { status: 502, message: expect.stringContaining("ERR_TLS_CERT_ALTNAME") };
    expect(textOf(await fetched({}))).toBe("secure");
    expect(failureOf(await fetched({ hostHeader: "a.example" }))).toMatchObject(otherName);
    expect(failureOf(await fetched({ sni: "b.example" }))).toMatchObject(otherName);
    expect(
      textOf(
        await fetched({ sni: "c.example", allowedCertificateNames: ["x.example", "localhost"] }),
      ),
    ).toBe("secure");
    expect(
      failureOf(await fetched({ sni: "c.example", allowedCertificateNames: ["*.example"] })),
    ).toMatchObject(otherName);
    expect(asked).toEqual(["localhost", "a.example", "b.example", "c.example", "c.example"]);
  });
});
