import { describe, expect, it } from "vitest";
import { passAll } from "../support/function-sources.ts";
import { sendRaw } from "../support/raw-connection.ts";
import { shareTestCloudFront, startTestCloudFront } from "../support/start-test-cloudfront.ts";

const withPolicy = (policy: string, viewerProtocol: "http" | "https" = "http") => ({
  functions: passAll,
  properties: { ViewerProtocolPolicy: policy },
  options: { viewerProtocol },
});
const redirecting = shareTestCloudFront(withPolicy("redirect-to-https"));

describe("redirect-to-https", () => {
  it("LE-A-34: GET gets CloudFront's own small page, with the whole URL in Location", async () => {
    const { cloudfront } = await redirecting();
    const answer = await sendRaw(
      cloudfront.url,
      `GET /x?y=1 HTTP/1.1\r\nHost: ${cloudfront.distribution.domainName}\r\n\r\n`,
    );
    const { date, via, "x-amz-cf-id": id, "x-amz-cf-pop": pop, ...headers } = answer.headers;
    expect({ date, via, id, pop }).toEqual({
      date: expect.any(String),
      via: expect.stringMatching(/^1\.1 \w+\.cloudfront\.net \(CloudFront\)$/),
      id: expect.any(String),
      pop: expect.any(String),
    });
    expect(headers).toEqual({
      connection: "keep-alive",
      "content-length": "167",
      "content-type": "text/html",
      location: `https://${cloudfront.distribution.domainName}/x?y=1`,
      server: "CloudFront",
      "x-cache": "Redirect from cloudfront",
    });
    expect(answer.statusLine).toBe("HTTP/1.1 301 Moved Permanently");
    expect(answer.body).toMatchInlineSnapshot(`
      "<html>
      <head><title>301 Moved Permanently</title></head>
      <body>
      <center><h1>301 Moved Permanently</h1></center>
      <hr><center>CloudFront</center>
      </body>
      </html>
      "
    `);
  });

  it.each([
    ["GET", "1.1", 301],
    ["HEAD", "1.1", 301],
    ["POST", "1.1", 307],
    ["PUT", "1.1", 307],
    ["DELETE", "1.1", 307],
    ["OPTIONS", "1.1", 307],
    ["PATCH", "1.1", 307],
    ["GET", "1.0", 301],
    ["HEAD", "1.0", 301],
    ["POST", "1.0", 403],
    ["PUT", "1.0", 403],
    ["DELETE", "1.0", 403],
    ["OPTIONS", "1.0", 403],
    ["PATCH", "1.0", 403],
  ])(
    "LE-A-32, LE-A-13: %s over HTTP/%s is answered %i, and no function runs",
    async (method, version, status) => {
      const { cloudfront, invoked } = await redirecting();
      const answer = await sendRaw(
        cloudfront.url,
        `${method} /a HTTP/${version}\r\nHost: localhost\r\n\r\n`,
        method !== "HEAD",
      );
      expect(answer.status).toBe(status);
      expect(answer.headers["location"]).toBe(status === 403 ? undefined : "https://localhost/a");
      expect(invoked()).toEqual([]);
    },
  );

  it("LE-A-32: HTTP/1.0 without Host is sent to the distribution's own name", async () => {
    const { cloudfront } = await redirecting();
    const answer = await sendRaw(cloudfront.url, "GET /a HTTP/1.0\r\n\r\n");
    expect(answer.headers["location"]).toBe(`https://${cloudfront.distribution.domainName}/a`);
  });

  it("LE-A-32: a request over HTTPS is served", async () => {
    const { get } = await startTestCloudFront(withPolicy("redirect-to-https", "https"));
    expect((await get("/a.html")).status).toBe(200);
  });
});

describe("https-only", () => {
  it("LE-A-33: a request over HTTP is answered 403, and no function runs", async () => {
    const { get, invoked } = await startTestCloudFront(withPolicy("https-only"));
    expect(await get("/a.html")).toMatchObject({ status: 403, xCache: "Error" });
    expect(invoked()).toEqual([]);
  });

  it("LE-A-33: a request over HTTPS is served", async () => {
    const { get } = await startTestCloudFront(withPolicy("https-only", "https"));
    expect((await get("/a.html")).status).toBe(200);
  });
});
