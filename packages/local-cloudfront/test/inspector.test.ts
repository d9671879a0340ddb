import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { distributionTemplate } from "./support/distribution-template.ts";
import { changeRequest, passAll } from "./support/function-sources.ts";
import { allMethods, sendTo, startInspected } from "./support/start-inspected.ts";
import { startTestCloudFront } from "./support/start-test-cloudfront.ts";

describe("the inspector", () => {
  it("is off as a library, unless asked for", async () => {
    const { cloudfront } = await startTestCloudFront();
    expect(cloudfront.inspectorUrl).toBeUndefined();
  });

  it("takes a free port where viewers come by one", async () => {
    const [first, second] = [await startInspected(), await startInspected()];
    expect(first.url).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect(first.url).not.toBe(second.url);
  });

  it("names the port that is asked for and taken, and leaves nothing listening", async () => {
    const taken = createServer().listen(0, "127.0.0.1");
    onTestFinished(() => void taken.close());
    await once(taken, "listening");
    const { port } = taken.address() as AddressInfo;
    await expect(startTestCloudFront({ options: { inspector: { port } } })).rejects.toThrow(
      `Inspector port is in use: got --inspector-port ${port}.`,
    );
  });

  it("tells of the requests that were, and of new ones as they come", async () => {
    const { url, get, cloudfront } = await startInspected();
    await get("/a.html");
    const stream = await sendTo(url, "/api/requests", {});
    let received = "";
    stream.setEncoding("utf8").on("data", (chunk: string) => (received += chunk));
    await expect.poll(() => received, { timeout: 15_000 }).toContain('"uri":"/a.html"');
    await get("/missing?v=1");
    await expect.poll(() => received, { timeout: 15_000 }).toContain('"uri":"/missing?v=1"');
    cloudfront.clearTraces();
    await expect.poll(() => received.match(/event: cleared/g)?.length, { timeout: 15_000 }).toBe(2);
    stream.destroy();
  });

  it("tells of the distribution that is served from a reload on", async () => {
    const folder = mkdtempSync(join(tmpdir(), "inspector-"));
    onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
    const assembly = join(folder, "template.json");
    const write = (logicalId: string): void => {
      const template = JSON.stringify(distributionTemplate({}, "s3"));
      // Not the resource's type.
      writeFileSync(assembly, template.replaceAll(/(?<!:)\bDistribution\b/g, logicalId));
    };
    write("Before");
    const { url, cloudfront } = await startInspected({ options: { assembly } });
    const stream = await sendTo(url, "/api/requests", {});
    let received = "";
    stream.setEncoding("utf8").on("data", (chunk: string) => (received += chunk));
    write("After");
    await cloudfront.reload();
    await expect
      .poll(() => received, { timeout: 15_000 })
      .toMatch(/^event: served\ndata: \{.*"logicalId":"After"/m);
    stream.destroy();
  });

  it("tells a page that comes back only what is new, and one of another start everything", async () => {
    const { url, get } = await startInspected();
    const receive = async (lastEventId: string, expected: string) => {
      const stream = await sendTo(url, "/api/requests", { "last-event-id": lastEventId });
      let received = "";
      stream.setEncoding("utf8").on("data", (chunk: string) => (received += chunk));
      await expect.poll(() => received, { timeout: 15_000 }).toContain(expected);
      stream.destroy();
      return received;
    };
    await get("/1");
    const first = await receive("", '"uri":"/1"');
    const [, id = ""] = /^id: (.*)$/m.exec(first) ?? [];
    await get("/2");
    expect(await receive(id, '"uri":"/2"')).not.toContain('"uri":"/1"');
    expect(await receive("another:1", '"uri":"/2"')).toContain('"uri":"/1"');
  });

  it("LE-A-02: tells the stages of a request, and why those were skipped that were", async () => {
    const { get, detailsOf } = await startInspected({
      functions: { ...passAll, "viewer-request": changeRequest(`request.uri = "/a.html";`) },
    });
    await get("/1");
    const { headers } = await get("/2");
    const { details } = await detailsOf(headers["x-amz-cf-id"]);
    expect(details.trace.uri).toBe("/2");
    expect(details.stages.map(({ stage, state, reason }) => [stage, state, reason])).toEqual([
      ["viewer-request", "passed", ""],
      ["cache", "passed", ""],
      ["origin-request", "skipped", "LE-A-02: the object is in the cache"],
      ["origin", "skipped", "LE-A-02: the object is in the cache"],
      ["origin-response", "skipped", "LE-A-02: the object is in the cache"],
      ["viewer-response", "passed", ""],
    ]);
  });

  it("tells events without a function from those that were skipped", async () => {
    const { get, detailsOf } = await startInspected();
    const { headers } = await get("/a.html");
    const { details } = await detailsOf(headers["x-amz-cf-id"]);
    expect(details.stages.map(({ state }) => state)).toEqual([
      "absent",
      "passed",
      "absent",
      "passed",
      "absent",
      "absent",
    ]);
  });

  it("LE-B-11: tells what failed, and that nothing came after", async () => {
    const { get, detailsOf } = await startInspected({
      functions: { "viewer-request": changeRequest(`request.uri = "bad";`) },
    });
    const { headers } = await get("/a.html");
    const { details } = await detailsOf(headers["x-amz-cf-id"]);
    expect(details.stages.slice(0, 2)).toMatchObject([
      { state: "failed", reason: expect.stringMatching(/^LE-B-11: /) as string },
      { state: "skipped", reason: "LE-B-11: the viewer-request function failed" },
    ]);
  });

  it("keeps the details of more than the usual 250 requests once its page is open", async () => {
    const { url, get, detailsOf } = await startInspected();
    (await sendTo(url, "/api/requests", {})).destroy();
    const { headers } = await get("/1");
    for (let count = 0; count < 260; count += 1) await get("/a.html");
    expect((await detailsOf(headers["x-amz-cf-id"])).status).toBe(200);
  });

  it("says that the details of an old request are not kept", async () => {
    const { get, detailsOf } = await startInspected({ options: { maxTraces: 1 } });
    const { headers } = await get("/1");
    await get("/2");
    expect(await detailsOf(headers["x-amz-cf-id"])).toMatchObject({
      status: 404,
      details: { problem: expect.stringContaining("not kept any more") as string },
    });
  });

  it("sends a request again with the secrets that it does not show", async () => {
    const { act, get, received, answerTo } = await startInspected({
      server: (_, response) => void response.setHeader("Cache-Control", "no-store").end(),
      originRequestPolicy: { HeadersConfig: { HeaderBehavior: "allViewer" } },
    });
    const { headers } = await get("/a", { "x-api-key": "s3cr3t", "x-a": "1" });
    const requestId = headers["x-amz-cf-id"] ?? "";
    expect((await answerTo(`/api/requests/${requestId}`)).body).not.toContain("s3cr3t");
    const { status, value } = await act("/api/replay", { requestId });
    expect(status).toBe(200);
    expect(value["requestId"]).not.toBe(requestId);
    expect(received.map(({ headers: sent }) => [sent["x-api-key"], sent["x-a"]])).toEqual([
      ["s3cr3t", "1"],
      ["s3cr3t", "1"],
    ]);
  });

  it("sends a request again with its body, and says why it does not where that is not kept", async () => {
    const { act, request, received } = await startInspected({
      server: (_, response) => void response.end(),
      properties: { AllowedMethods: allMethods },
    });
    const first = await request("/a", { method: "POST", body: "four" });
    const again = await act("/api/replay", { requestId: first.headers["x-amz-cf-id"] });
    expect(again.status).toBe(200);
    expect(received.map(({ body }) => body)).toEqual(["four", "four"]);
    const { headers } = await request("/a", { method: "POST", body: "x".repeat(100_000) });
    const { status, value } = await act("/api/replay", { requestId: headers["x-amz-cf-id"] });
    expect([status, value["problem"]]).toEqual([
      400,
      "Request cannot be sent again: got a body of 100000 bytes, of which 65536 are kept. Send it from where it came.",
    ]);
  });

  it("sends a request again with another method, path, headers and body", async () => {
    const { act, cloudfront, request, received, detailsOf } = await startInspected({
      server: (_, response) => void response.end(),
      properties: { AllowedMethods: allMethods },
      originRequestPolicy: {
        HeadersConfig: { HeaderBehavior: "allViewer" },
        QueryStringsConfig: { QueryStringBehavior: "all" },
      },
    });
    const { headers } = await request("/a", {
      headers: { authorization: "Bearer s3cr3t", "x-a": "1" },
    });
    const { status, value } = await act("/api/replay", {
      requestId: headers["x-amz-cf-id"],
      method: "PUT",
      path: "/b?c=d",
      headers: [
        ["Host", new URL(cloudfront.url).host],
        ["Authorization", "Bearer [masked]"],
        ["X-A", "2"],
      ],
      body: '{"n":1}',
    });
    expect(status).toBe(200);
    expect(received.at(-1)).toMatchObject({ method: "PUT", url: "/b?c=d" });
    expect(received.at(-1)?.headers).toMatchObject({ authorization: "Bearer s3cr3t", "x-a": "2" });
    expect(received.at(-1)?.body).toBe('{"n":1}');
    const replayed = await detailsOf(String(value["requestId"]));
    expect(replayed.details.trace.uri).toBe("/b");
  });

  it.each([
    ["method", { method: "GE T" }, /got the method "GE T"/],
    ["path", { path: "b" }, /got the path "b". Pass one that starts with \//],
    ["header name", { headers: [["a b", "1"]] }, /got the header name "a b"/],
    ["header value", { headers: [["a", "1\r\nb: 2"]] }, /got the header a with "1\\r\\nb: 2"/],
    ["type", { headers: ["a"] }, /Pass the id of the request, and what is different/],
  ])("does not send what HTTP does not allow: a %s", async (_, edits, problem) => {
    const { act, get, cloudfront } = await startInspected();
    const { headers } = await get("/a.html");
    const sent = await act("/api/replay", { requestId: headers["x-amz-cf-id"], ...edits });
    expect(sent).toMatchObject({
      status: 400,
      value: { problem: expect.stringMatching(problem) as string },
    });
    expect(cloudfront.traces()).toHaveLength(1);
  });

  it("CF-G-42: invalidates, and says what CloudFront would refuse", async () => {
    const { act, get } = await startInspected();
    await get("/a.html");
    expect(await act("/api/invalidate", { paths: ["/*"] })).toEqual({
      status: 200,
      value: { objects: 1 },
    });
    expect((await get("/a.html")).xCache).toBe("Miss");
    expect((await act("/api/invalidate", { paths: ["a"] })).status).toBe(400);
    expect((await act("/api/invalidate", { paths: "/*" })).status).toBe(400);
  });

  it("clears what is listed and kept", async () => {
    const { act, cloudfront, get } = await startInspected();
    await get("/a.html");
    await act("/api/clear", {});
    expect(cloudfront.traces()).toEqual([]);
  });
});

describe("who may look into the inspector", () => {
  it.each([
    ["a name that another site lets point here", { host: "evil.example:8788" }, 403],
    ["another port of this machine as Host", { host: "127.0.0.1:1" }, 403],
    ["a page of another site", { origin: "https://evil.example" }, 403],
    ["a page without an origin", { origin: "null" }, 403],
    ["a page of another port of this machine", { origin: "http://127.0.0.1:1" }, 403],
    ["what another site embeds", { "sec-fetch-site": "cross-site" }, 403],
    ["what another port embeds", { "sec-fetch-site": "same-site" }, 403],
    ["its own page", { "sec-fetch-site": "same-origin" }, 200],
    ["a program", {}, 200],
  ])("%s gets %o answered with %i", async (_, headers, expected) => {
    const { answerTo } = await startInspected();
    expect((await answerTo("/api/served", headers)).status).toBe(expected);
  });

  it("a form of another site changes nothing, as it cannot send JSON", async () => {
    const { answerTo, cloudfront, get } = await startInspected();
    await get("/a.html");
    const { status } = await answerTo("/api/clear", { "content-type": "text/plain" }, "{}");
    expect(status).toBe(415);
    expect(cloudfront.traces()).toHaveLength(1);
  });

  it("every response forbids scripts, frames and readers from elsewhere", async () => {
    const { answerTo } = await startInspected();
    for (const path of ["/api/served", "/api/requests/none", "/nowhere"]) {
      expect((await answerTo(path)).headers).toMatchObject({
        "content-security-policy": expect.stringMatching(
          /^default-src 'none'; script-src 'self';.*frame-ancestors 'none'/,
        ) as string,
        "cross-origin-resource-policy": "same-origin",
        "x-content-type-options": "nosniff",
      });
    }
  });
});
