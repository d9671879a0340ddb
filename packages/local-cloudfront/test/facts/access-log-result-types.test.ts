import { describe, expect, it } from "vitest";
import { changeRequest, returning } from "../support/function-sources.ts";
import {
  accessLogFile,
  logOf,
  readAccessLog,
  type AccessLogEntry,
} from "../support/access-log-file.ts";
import { respondsInTurn } from "../support/origin-responses.ts";
import { connectRaw, sendRaw } from "../support/raw-connection.ts";
import {
  startTestCloudFront,
  type TestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

const host = "Host: localhost\r\n";

const resultTypesOf = (entry: AccessLogEntry | undefined) => [
  entry?.["x-edge-result-type"],
  entry?.["x-edge-response-result-type"],
  entry?.["x-edge-detailed-result-type"],
];

describe("the result types of an access log", () => {
  it("CF-K-02: are Miss, Hit, RefreshHit and Error", async () => {
    const entries = await logOf(
      { server: respondsInTurn({ headers: { etag: '"1"' } }) },
      async ({ cloudfront, get }) => {
        await get("/a");
        await get("/a");
        cloudfront.clock.advance(86_401);
        await get("/a");
      },
    );
    expect(entries.map(resultTypesOf)).toEqual(
      ["Miss", "Hit", "RefreshHit"].map((type) => [type, type, type]),
    );
    const [missing] = await logOf({}, ({ get }) => get("/missing"));
    expect(resultTypesOf(missing)).toEqual(["Error", "Error", "Error"]);
  });

  it("LE-A-51, CF-K-02: the redirect to HTTPS and the request that follows it are two lines", async () => {
    const accessLog = accessLogFile();
    const properties = { ViewerProtocolPolicy: "redirect-to-https" };
    const visit = async (viewerProtocol: "http" | "https"): Promise<TestCloudFront> => {
      const started = await startTestCloudFront({
        properties,
        options: { accessLog, viewerProtocol },
      });
      await started.get("/a.html");
      await started.cloudfront.close();
      return started;
    };
    await visit("http");
    const { cloudfront } = await visit("https");
    const entries = await readAccessLog(accessLog, cloudfront);
    expect(
      entries.map((entry) => [entry["cs-protocol"], entry["sc-status"], ...resultTypesOf(entry)]),
    ).toEqual([
      ["http", "301", "Redirect", "Redirect", "Redirect"],
      ["https", "200", "Miss", "Miss", "Miss"],
    ]);
  });

  it("CF-K-04: what origin-request generates on a miss is a MissGeneratedResponse", async () => {
    const headers = `{ "cache-control": [{ value: "max-age=60" }] }`;
    const entries = await logOf(
      { functions: { "origin-request": returning(`{ status: "200", headers: ${headers} }`) } },
      async ({ get }) => {
        await get("/a");
        await get("/a");
      },
    );
    expect(entries.map(resultTypesOf)).toEqual([
      ["Miss", "Miss", "MissGeneratedResponse"],
      ["Hit", "Hit", "Hit"],
    ]);
  });

  it("CF-K-02: what viewer-request generates is a LambdaGeneratedResponse", async () => {
    const [entry] = await logOf(
      { functions: { "viewer-request": returning(`{ status: "401" }`) } },
      ({ get }) => get("/a"),
    );
    expect(entry?.["sc-status"]).toBe("401");
    expect(new Set(resultTypesOf(entry))).toEqual(new Set(["LambdaGeneratedResponse"]));
  });

  it.each([
    ["LambdaExecutionError", "exports.handler = async () => { throw new Error('no'); };", "503"],
    ["LambdaValidationError", "exports.handler = async () => ({ status: 'two' });", "502"],
  ])("CF-K-11, CF-K-02: %s is in all three fields", async (type, source, status) => {
    const [entry] = await logOf({ functions: { "origin-request": source } }, ({ get }) =>
      get("/a"),
    );
    expect([entry?.["sc-status"], ...resultTypesOf(entry)]).toEqual([status, type, type, type]);
  });

  it("CF-K-05: a custom error response changes sc-status and no result type", async () => {
    const [entry] = await logOf(
      {
        distributionConfig: {
          CustomErrorResponses: [
            { ErrorCode: 404, ResponseCode: 200, ResponsePagePath: "/index.html" },
          ],
        },
      },
      ({ get }) => get("/missing"),
    );
    expect([entry?.["sc-status"], ...resultTypesOf(entry)]).toEqual([
      "200",
      "Error",
      "Error",
      "Error",
    ]);
  });

  it.each<readonly [string, TestCloudFrontOptions, string]>([
    [
      "ClientGeoBlocked",
      {
        distributionConfig: {
          Restrictions: { GeoRestriction: { RestrictionType: "blacklist", Locations: ["US"] } },
        },
      },
      `GET / HTTP/1.1\r\n${host}\r\n`,
    ],
    ["InvalidRequest", {}, `GET /%zz HTTP/1.1\r\n${host}\r\n`],
    ["InvalidRequestHeader", {}, "GET / HTTP/1.1\r\nHost: a b\r\n\r\n"],
    ["InvalidRequestMethod", {}, `TRACE / HTTP/1.1\r\n${host}\r\n`],
    ["OriginConnectError", { options: { origins: { origin: "http://127.0.0.1:1" } } }, ""],
    [
      "OriginInvalidResponseError",
      { server: (_, response) => void response.socket?.end("NONSENSE\r\n\r\n") },
      "",
    ],
    ["OriginReadError", { server: (_, response) => void response.destroy() }, ""],
    [
      "OriginCommError",
      {
        server: () => undefined,
        origin: {
          CustomOriginConfig: { OriginProtocolPolicy: "http-only", OriginReadTimeout: 1 },
          ConnectionAttempts: 1,
        },
      },
      "",
    ],
    [
      "OriginDnsError",
      {
        server: respondsInTurn({}),
        functions: {
          "origin-request": changeRequest(
            `request.origin.custom.domainName = "nowhere.invalid";
             request.headers.host = [{ value: "nowhere.invalid" }];`,
          ),
        },
      },
      "",
    ],
  ])("CF-K-04: %s is the detail of an error", async (detail, options, bytes) => {
    const server = { server: respondsInTurn({}), ...options };
    const [entry] = await logOf(server, ({ cloudfront }) =>
      sendRaw(cloudfront.url, bytes === "" ? `GET / HTTP/1.1\r\n${host}\r\n` : bytes),
    );
    expect(resultTypesOf(entry)).toEqual(["Error", "Error", detail]);
  });
});

describe("the access log of a viewer that is too large, or gone", () => {
  it("CF-K-09, CF-J-10: has no line for an oversized URL or head", async () => {
    const entries = await logOf({}, async ({ cloudfront, get }) => {
      await sendRaw(cloudfront.url, `GET /${"a".repeat(9000)} HTTP/1.1\r\n${host}\r\n`);
      await sendRaw(cloudfront.url, `GET / HTTP/1.1\r\n${host}A: ${"a".repeat(40_000)}\r\n\r\n`);
      await sendRaw(cloudfront.url, `GET / HTTP/1.1\r\n${host}A: ${"a".repeat(32_740)}\r\n\r\n`);
      await get("/a.html");
    });
    expect(entries.map((entry) => entry["cs-uri-stem"])).toEqual(["/a.html"]);
  });

  it("CF-K-05, CF-K-03: says 000 and Error where it hung up before the response", async () => {
    let answer = (): void => undefined;
    const [, entry] = await logOf(
      {
        server: ({ url }, response) => {
          if (url === "/next") response.end("next");
          else answer = () => response.end("late");
        },
      },
      async ({ cloudfront, get, received }) => {
        const { socket, write } = connectRaw(cloudfront.url);
        write(`GET /late HTTP/1.1\r\n${host}\r\n`);
        await expect.poll(() => received.length, { timeout: 15_000 }).toBe(1);
        await new Promise<void>((resolve) => socket.once("close", () => resolve()).destroy());
        // Once another connection is served, the end of the first has been seen too.
        await get("/next");
        answer();
        await expect.poll(() => cloudfront.traces().length, { timeout: 15_000 }).toBe(2);
      },
    );
    expect([entry?.["sc-status"], entry?.["sc-bytes"]]).toEqual(["000", "0"]);
    expect(resultTypesOf(entry)).toEqual(["Error", "Miss", "ClientCommError"]);
  });

  it("CF-K-04, CF-K-05: says ClientHungUpRequest where it hung up within its request", async () => {
    const [entry] = await logOf({}, async ({ cloudfront }) => {
      const { socket, write } = connectRaw(cloudfront.url);
      write(`POST /a HTTP/1.1\r\n${host}Content-Length: 10\r\nExpect: 100-continue\r\n\r\n`);
      await new Promise((resolve) => socket.once("data", resolve));
      socket.destroy();
      await expect.poll(() => cloudfront.traces().length, { timeout: 15_000 }).toBe(1);
    });
    expect([entry?.["sc-status"], ...resultTypesOf(entry)]).toEqual([
      "000",
      "Error",
      "Error",
      "ClientHungUpRequest",
    ]);
  });

  it("CF-K-03: makes an Error of a Hit that was not taken to its end", async () => {
    const body = Buffer.alloc(20_000_000, "x").toString();
    const entries = await logOf({ files: { "large.txt": body } }, async ({ cloudfront, get }) => {
      await get("/large.txt");
      const { socket, write } = connectRaw(cloudfront.url);
      write(`GET /large.txt HTTP/1.1\r\n${host}\r\n`);
      await new Promise((resolve) => socket.once("data", resolve));
      socket.destroy();
    });
    expect([entries[1]?.["sc-status"], ...resultTypesOf(entries[1])]).toEqual([
      "200",
      "Error",
      "Hit",
      "ClientCommError",
    ]);
  });
});
