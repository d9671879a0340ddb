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

describe("what origin-response is given of other responses", () => {
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
