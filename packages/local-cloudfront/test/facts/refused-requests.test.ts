import { accessLogFile, readAccessLog } from "../support/access-log-file.ts";
import { describe, expect, it } from "vitest";
import { passAll } from "../support/function-sources.ts";
import { respondsInTurn } from "../support/origin-responses.ts";
import { connectRaw, sendRaw } from "../support/raw-connection.ts";
import { startTestCloudFront, type TestCloudFront } from "../support/start-test-cloudfront.ts";

const detailOf = ({ cloudfront }: TestCloudFront): string | undefined =>
  cloudfront.traces().at(-1)?.detailedResultType;

describe("requests that CloudFront refuses before any function", () => {
  it("LE-A-17: a viewer from a country that is shut out gets 403", async () => {
    const started = await startTestCloudFront({
      functions: passAll,
      distributionConfig: {
        Restrictions: { GeoRestriction: { RestrictionType: "blacklist", Locations: ["KP"] } },
      },
      options: { viewer: { country: "KP" } },
    });
    expect(await started.get("/a.html")).toMatchObject({ status: 403, xCache: "Error" });
    expect(started.invoked()).toEqual([]);
    expect(detailOf(started)).toBe("ClientGeoBlocked");
    const elsewhere = await started.cloudfront.fetch("/a.html", { viewer: { country: "JP" } });
    expect(elsewhere.status).toBe(200);
  });

  it("LE-A-17: a list of countries that are let in shuts out all others", async () => {
    const { cloudfront } = await startTestCloudFront({
      distributionConfig: {
        Restrictions: { GeoRestriction: { RestrictionType: "whitelist", Locations: ["JP", "FR"] } },
      },
    });
    const statusFrom = async (country: string): Promise<number> =>
      (await cloudfront.fetch("/a.html", { viewer: { country } })).status;
    expect([await statusFrom("FR"), await statusFrom("US")]).toEqual([200, 403]);
  });

  it.each([
    ["with a Content-Length, at once", "Content-Length: 5\r\n\r\n"],
    ["that is chunked", "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"],
  ])("LE-A-35: a GET with a body %s gets 403", async (_, rest) => {
    const started = await startTestCloudFront({ functions: passAll });
    const answer = await sendRaw(
      started.cloudfront.url,
      `GET /a.html HTTP/1.1\r\nHost: localhost\r\n${rest}`,
    );
    expect(answer).toMatchObject({ status: 403, headers: { "x-cache": "Error from cloudfront" } });
    expect(started.invoked()).toEqual([]);
  });

  it("LE-A-35: a GET with an empty body is served", async () => {
    const { cloudfront } = await startTestCloudFront();
    const request = "GET /a.html HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0\r\n\r\n";
    expect((await sendRaw(cloudfront.url, request)).status).toBe(200);
  });

  it.each([
    [
      ["GET", "HEAD"],
      ["OPTIONS", "PUT", "POST", "PATCH", "DELETE"],
    ],
    [
      ["GET", "HEAD", "OPTIONS"],
      ["PUT", "POST", "PATCH", "DELETE"],
    ],
  ])("LE-A-36: where %j are allowed, others get 403", async (allowed, refused) => {
    const started = await startTestCloudFront({
      functions: passAll,
      properties: { AllowedMethods: allowed },
      server: respondsInTurn({}),
    });
    for (const method of allowed) {
      expect((await started.request("/a", { method })).status).toBe(200);
    }
    for (const method of refused) {
      expect(await started.request("/a", { method })).toMatchObject({
        status: 403,
        xCache: "Error",
      });
      expect(started.invoked()).toEqual([]);
      expect(detailOf(started)).toBe("InvalidRequestMethod");
    }
  });

  it.each(["TRACE", "PURGE", "PROPFIND"])(
    "LE-A-36: %s gets 403 where all seven methods are allowed",
    async (method) => {
      const { cloudfront } = await startTestCloudFront();
      const answer = await sendRaw(
        cloudfront.url,
        `${method} / HTTP/1.1\r\nHost: localhost\r\n\r\n`,
      );
      expect(answer.status).toBe(403);
    },
  );

  it.each([
    ["CONNECT", "CONNECT localhost:443 HTTP/1.1\r\nHost: localhost:443\r\n\r\n"],
    ["FOO", "FOO /a?b=c HTTP/1.1\r\nHost: localhost\r\nX-A: 1\r\n\r\n"],
    ["get", "get / HTTP/1.1\r\nHost: localhost\r\n\r\n"],
    ["VERSION-CONTROLLED", "VERSION-CONTROLLED / HTTP/1.0\r\nHost: localhost\r\n\r\n"],
    ["FOO", "FOO / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 3\r\n\r\nabc"],
  ])(
    "LE-A-36: %s gets CloudFront's 403 with an id, a trace and a line of the access log, and the connection is closed",
    async (method, bytes) => {
      const accessLog = accessLogFile();
      const started = await startTestCloudFront({ options: { accessLog } });
      const connection = connectRaw(started.cloudfront.url);
      connection.write(bytes);
      const answer = await connection.answer();
      expect(await connection.hungUp()).toBe("");
      const trace = started.cloudfront.traces().at(-1);
      expect(trace).toMatchObject({ method, status: 403 });
      expect(detailOf(started)).toBe("InvalidRequestMethod");
      expect(answer.status).toBe(403);
      expect(answer.headers).toMatchObject({
        connection: "close",
        "x-amz-cf-id": trace?.requestId,
        "x-cache": "Error from cloudfront",
      });
      expect(answer.body).toContain(trace?.requestId);
      const log = await readAccessLog(accessLog, started.cloudfront);
      expect(log).toMatchObject([{ "cs-method": method, "x-edge-request-id": trace?.requestId }]);
    },
  );

  it("LE-A-36: a request before one of an unknown method gets its response", async () => {
    const { cloudfront } = await startTestCloudFront();
    const connection = connectRaw(cloudfront.url);
    connection.write(
      "GET /a.html HTTP/1.1\r\nHost: localhost\r\n\r\nFOO / HTTP/1.1\r\nHost: localhost\r\n\r\n",
    );
    expect((await connection.answer()).status).toBe(200);
    expect((await connection.answer()).status).toBe(403);
    expect(await connection.hungUp()).toBe("");
  });

  it("an unknown Host gets 403; the distribution's names and those of this machine do not", async () => {
    const started = await startTestCloudFront({
      functions: passAll,
      distributionConfig: { Aliases: ["www.example.com", "*.example.org"] },
    });
    const { url, distribution } = started.cloudfront;
    const statusOf = async (host: string): Promise<number> =>
      (await sendRaw(url, `GET /a.html HTTP/1.1\r\nHost: ${host}\r\n\r\n`)).status;
    for (const host of [
      "localhost",
      "127.0.0.1:8787",
      "[::1]:8787",
      "WWW.example.com",
      "www.example.com:443",
      "a.example.org",
      distribution.domainName,
    ]) {
      expect([host, await statusOf(host)]).toEqual([host, 200]);
    }
    for (const host of [
      "example.com",
      "example.org",
      "evil.example.net",
      "www.example.com.evil.net",
    ]) {
      expect([host, await statusOf(host)]).toEqual([host, 403]);
      expect(started.invoked()).toEqual([]);
    }
  });

  it("LE-A-49: a third distribution behind two others gets 403", async () => {
    const aliases = { distributionConfig: { Aliases: ["origin.example.com"] } };
    const third = await startTestCloudFront({
      ...aliases,
      server: respondsInTurn({ body: "deep" }),
    });
    const behind = (url: string): Promise<TestCloudFront> =>
      startTestCloudFront({
        ...aliases,
        server: respondsInTurn({}),
        options: { origins: { origin: url } },
      });
    const second = await behind(third.cloudfront.url);
    const first = await behind(second.cloudfront.url);
    expect(await second.get("/a")).toMatchObject({ status: 200, body: "deep" });
    expect((await first.get("/b")).status).toBe(403);
    expect(third.received).toHaveLength(1);
  });
});
