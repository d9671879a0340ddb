import { describe, expect, it } from "vitest";
import { recordAll, recordedEvents, recordedValues } from "../support/recorded-events.ts";
import { requestRaw } from "../support/raw-http.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

/** Header lines by lower-case name, from names as they are written on the wire. */
function lines(headers: Readonly<Record<string, string>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).map(([key, value]) => [key.toLowerCase(), [{ key, value }]]),
  );
}

const viewerHeaders = {
  Host: "localhost:8080",
  "User-Agent": "test/1",
  accept: "text/html",
  Cookie: "theme=dark",
};

const originServer = {
  cachePolicy: {
    ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: true },
  },
  origin: {
    OriginPath: "/v1",
    CustomOriginConfig: {
      OriginProtocolPolicy: "https-only",
      OriginSSLProtocols: ["TLSv1.2"],
      OriginReadTimeout: 20,
      OriginKeepaliveTimeout: 7,
    },
    ResponseCompletionTimeout: 60,
    OriginCustomHeaders: [{ HeaderName: "X-Origin-Verify", HeaderValue: "secret" }],
  },
} as const;

const originHeaders = {
  Date: "Tue, 06 Oct 2026 09:00:00 GMT",
  "Content-Type": "text/plain",
  "Content-Length": "2",
  "Cache-Control": "max-age=3000",
};

describe("what each event carries, and nothing besides", () => {
  async function start() {
    const test = await startTestCloudFront({
      ...originServer,
      functions: recordAll,
      server: (_, response) => {
        response.sendDate = false;
        response.writeHead(200, "Fine", originHeaders).end("ok");
      },
    });
    const { cloudfront } = test;
    const get = (path = "/a.html?page=2&sort=asc") =>
      requestRaw(cloudfront.url, path, { ...viewerHeaders, "accept-encoding": "gzip" });
    const config = (eventType: string) => ({
      distributionDomainName: cloudfront.distribution.domainName,
      distributionId: cloudfront.distribution.id,
      eventType,
      requestId: cloudfront.traces().at(-1)?.requestId,
    });
    return { ...test, get, config };
  }

  const viewerRequest = {
    clientIp: "127.0.0.1",
    headers: lines({ ...viewerHeaders, "accept-encoding": "gzip" }),
    method: "GET",
    querystring: "page=2&sort=asc",
    uri: "/a.html",
  };

  /** Without X-Amz-Cf-Id, which is sent but hidden from functions (LE-C-01). */
  const originRequest = (via = "") => ({
    clientIp: "127.0.0.1",
    headers: lines({
      "X-Forwarded-For": "127.0.0.1",
      "User-Agent": "Amazon CloudFront",
      Via: via,
      Host: "origin.example.com",
      "Accept-Encoding": "gzip",
    }),
    method: "GET",
    origin: {
      custom: {
        customHeaders: lines({ "X-Origin-Verify": "secret" }),
        domainName: "origin.example.com",
        keepaliveTimeout: 7,
        path: "/v1",
        port: 443,
        protocol: "https",
        readTimeout: 20,
        responseCompletionTimeout: 60,
        sslProtocols: ["TLSv1.2"],
      },
    },
    querystring: "",
    uri: "/a.html",
  });

  it("LE-B-01, LE-B-02, LE-B-06: viewer-request carries config and the viewer's request", async () => {
    const { get, config, cloudfront } = await start();
    await get();
    expect(recordedValues(cloudfront)["viewer-request"]).toEqual({
      Records: [{ cf: { config: config("viewer-request"), request: viewerRequest } }],
    });
  });

  it("LE-B-01, LE-B-28, LE-B-30, LE-B-45: origin-request carries the request for the origin, and the origin", async () => {
    const { get, config, cloudfront } = await start();
    const via = (await get()).headers["via"];
    expect(recordedValues(cloudfront)["origin-request"]).toEqual({
      Records: [{ cf: { config: config("origin-request"), request: originRequest(via) } }],
    });
  });

  it("LE-B-01, LE-B-46, LE-B-48, LE-B-49: origin-response carries the same request and the response, bodiless", async () => {
    const { get, config, cloudfront } = await start();
    const via = (await get()).headers["via"];
    const response = { headers: lines(originHeaders), status: "200", statusDescription: "Fine" };
    expect(recordedValues(cloudfront)["origin-response"]).toEqual({
      Records: [
        { cf: { config: config("origin-response"), request: originRequest(via), response } },
      ],
    });
  });

  it("LE-B-01, LE-B-46, LE-B-47: viewer-response carries the viewer's request and the response", async () => {
    const { get, config, cloudfront } = await start();
    await get();
    const response = { headers: lines(originHeaders), status: "200", statusDescription: "Fine" };
    const event = () => ({
      Records: [{ cf: { config: config("viewer-response"), request: viewerRequest, response } }],
    });
    expect(recordedValues(cloudfront)["viewer-response"]).toEqual(event());

    cloudfront.clock.advance(2402);
    const age = (await get()).headers["age"] ?? "";
    expect(Number(age)).toBeGreaterThanOrEqual(2402);
    Object.assign(response.headers, lines({ Age: age }));
    expect(recordedValues(cloudfront)["viewer-response"]).toEqual(event());
  });

  it("LE-B-49: a response without a body of its own looks the same, from a chunked origin as well", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: recordAll,
      server: (_, response) => {
        response.write("o");
        response.end("k");
      },
    });
    await get("/a.html");
    const { response } = recordedEvents(cloudfront)["origin-response"];
    expect(Object.keys(response).toSorted()).toEqual(["headers", "status", "statusDescription"]);
    expect(response.headers["transfer-encoding"]).toEqual([
      { key: "Transfer-Encoding", value: "chunked" },
    ]);
    expect(response.headers["content-length"]).toBeUndefined();
  });
});

describe("what origin-response is given of other answers", () => {
  it("LE-B-45, LE-B-48: a revalidation asks with the validators, and shows the 304 as it came", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: recordAll,
      server: (_, response) => {
        response.sendDate = false;
        response.writeHead(cloudfront.traces().length === 0 ? 200 : 304, { ETag: '"1"' }).end();
      },
    });
    await get("/a.html");
    cloudfront.clock.advance(100_000);
    expect((await get("/a.html")).xCache).toBe("RefreshHit");
    const { "origin-request": request, "origin-response": response } = recordedEvents(cloudfront);
    expect(request.request.headers).toMatchObject(lines({ "If-None-Match": '"1"' }));
    expect(response.request).toEqual(request.request);
    expect(response.response).toEqual({
      headers: lines({ ETag: '"1"' }),
      status: "304",
      statusDescription: "Not Modified",
    });
    expect(recordedEvents(cloudfront)["viewer-response"].response.status).toBe("200");
  });

  it("LE-B-48, LE-B-49: an error of S3 has the headers that S3 writes, and no body", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: recordAll,
      listBucket: false,
    });
    await get("/missing.html");
    const { response } = recordedEvents(cloudfront)["origin-response"];
    const value = expect.any(String);
    expect(response).toEqual({
      headers: lines({
        "x-amz-request-id": value,
        "x-amz-id-2": value,
        "Content-Type": "application/xml",
        "Transfer-Encoding": "chunked",
        Date: value,
        Server: "AmazonS3",
      }),
      status: "403",
      statusDescription: "Forbidden",
    });
  });
});

describe("what origin-request is given of the viewer's headers", () => {
  const fromViewer = {
    Accept: "text/html",
    "Cache-Control": "max-age=0",
    Authorization: "Basic YTpi",
    Origin: "https://example.com",
    "User-Agent": "test/1",
    "X-A": "1",
  };

  it("LE-B-45: it shows what the origin gets, of the viewer's only what CloudFront always forwards", async () => {
    const { cloudfront, received } = await startTestCloudFront({
      functions: recordAll,
      server: (_, response) => void response.end(),
    });
    await requestRaw(cloudfront.url, "/a.html", fromViewer);
    const { headers } = recordedEvents(cloudfront)["origin-request"].request;
    expect(Object.keys(headers).toSorted()).toEqual([
      "cache-control",
      "host",
      "user-agent",
      "via",
      "x-forwarded-for",
    ]);
    const { connection, "x-amz-cf-id": requestId, ...sent } = received[0]?.headers ?? {};
    expect(sent).toEqual(
      Object.fromEntries(Object.entries(headers).map(([name, [line]]) => [name, line?.value])),
    );
    expect([connection, requestId]).toEqual(["keep-alive", cloudfront.traces()[0]?.requestId]);
  });

  it("LE-B-45: User-Agent and Host are the viewer's where a policy forwards them", async () => {
    const { cloudfront } = await startTestCloudFront({
      functions: recordAll,
      originRequestPolicy: { HeadersConfig: { HeaderBehavior: "allViewer" } },
      server: (_, response) => void response.end(),
    });
    await requestRaw(cloudfront.url, "/a.html", fromViewer);
    expect(recordedEvents(cloudfront)["origin-request"].request.headers).toMatchObject(
      lines({ "User-Agent": "test/1", Host: new URL(cloudfront.url).host, "X-A": "1" }),
    );
  });
});

describe("the identity of a request", () => {
  it("LE-B-03: the requestId of all events is the X-Amz-Cf-Id of the response", async () => {
    const { get, cloudfront } = await startTestCloudFront({ functions: recordAll });
    const { headers } = await get("/a.html");
    const ids = Object.values(recordedEvents(cloudfront)).map(({ config }) => config.requestId);
    expect(ids).toEqual(Array(4).fill(headers["x-amz-cf-id"]));
    expect(headers["x-amz-cf-id"]).toMatch(/^[\w-]{54}==$/);
  });

  it("LE-B-02: what a function writes into config is nobody's business", async () => {
    const spoil =
      'Object.assign(event.Records[0].cf.config, { requestId: "mine", eventType: "x" });';
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        ...recordAll,
        "viewer-request": `exports.handler = async (event) => { ${spoil} return event.Records[0].cf.request; };`,
      },
    });
    const { headers, status } = await get("/a.html");
    expect(status).toBe(200);
    expect(headers["x-amz-cf-id"]).not.toBe("mine");
    expect(recordedEvents(cloudfront)["viewer-response"].config).toMatchObject({
      requestId: headers["x-amz-cf-id"],
      eventType: "viewer-response",
    });
  });

  it.each([
    ["127.0.0.1", "127.0.0.1"],
    ["::1", "::1"],
  ])(
    "LE-B-04: clientIp is the TCP peer on %s, whoever the viewer claims to be",
    async (host, clientIp) => {
      const { get, cloudfront } = await startTestCloudFront({
        functions: recordAll,
        options: { host },
      });
      await get("/a.html", { "x-forwarded-for": "203.0.113.178" });
      const events = recordedEvents(cloudfront);
      expect(Object.values(events).map(({ request }) => request.clientIp)).toEqual(
        Array(4).fill(clientIp),
      );
      expect(events["viewer-request"].request.headers["x-forwarded-for"]?.[0]?.value).toBe(
        "203.0.113.178",
      );
      expect(events["origin-request"].request.headers["x-forwarded-for"]).toEqual([
        { key: "X-Forwarded-For", value: `203.0.113.178, ${clientIp}` },
      ]);
    },
  );
});

describe("the origin in an event", () => {
  it("LE-B-31, LE-B-32: a bucket behind OAC has authMethod none and no region", async () => {
    const { get, cloudfront } = await startTestCloudFront({ functions: recordAll });
    await get("/a.html");
    const { request } = recordedEvents(cloudfront)["origin-request"];
    const [origin] = cloudfront.distribution.origins.values();
    expect(request.origin).toEqual({
      s3: {
        authMethod: "none",
        customHeaders: {},
        domainName: origin?.domainName,
        path: "",
        readTimeout: 30,
        responseCompletionTimeout: 0,
      },
    });
    expect(recordedEvents(cloudfront)["origin-response"].request.origin).toEqual(request.origin);
  });

  it("LE-B-31, LE-B-39: with an origin access identity it has that authMethod and a region", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: recordAll,
      origin: {
        OriginAccessControlId: "",
        S3OriginConfig: { OriginAccessIdentity: "origin-access-identity/cloudfront/E1EXAMPLE" },
      },
    });
    await get("/a.html");
    expect(recordedEvents(cloudfront)["origin-request"].request.origin.s3).toMatchObject({
      authMethod: "origin-access-identity",
      region: "us-east-1",
    });
  });

  it("LE-B-28: viewer events have no origin, and what a function puts there is ignored", async () => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: {
        ...recordAll,
        "viewer-request": `exports.handler = async (event) => ({
          ...event.Records[0].cf.request, origin: { custom: { domainName: "elsewhere.example" } },
        });`,
      },
    });
    expect((await get("/a.html")).status).toBe(200);
    const events = recordedEvents(cloudfront);
    expect(Object.keys(events["origin-request"].request.origin)).toEqual(["s3"]);
    expect(events["viewer-response"].request).not.toHaveProperty("origin");
  });
});
