import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { TestFunction, TestFunctions } from "../support/distribution-template.ts";
import { changeRequest, pathChanging, returningByPath } from "../support/function-sources.ts";
import {
  failureOf,
  record,
  recordAll,
  recordedEvents,
  recordedValues,
  recordRequest,
  warningsOf,
} from "../support/recorded-events.ts";
import {
  shareTestCloudFront,
  startTestCloudFront,
  type TestCloudFront,
} from "../support/start-test-cloudfront.ts";

const kb = 1024;
const mb = 1024 * kb;

const server = (_: unknown, response: { end(body: string): void }): void => response.end("body");

/** Functions on both request events, or one on both, with the body in their events. */
function withBody(viewerRequest: string, originRequest?: string): TestFunctions {
  const first: TestFunction = { source: viewerRequest, includeBody: true };
  const second = originRequest === undefined ? first : { ...first, source: originRequest };
  return { "viewer-request": first, "origin-request": second };
}

const post = (test: TestCloudFront, body: string | Buffer = "abc", method = "POST", path = "/a") =>
  test.request(path, { method, body: typeof body === "string" ? body : new Uint8Array(body) });

const sha256 = (data: string | Buffer): string => createHash("sha256").update(data).digest("hex");

/** Records the body, and of its data only what it comes to. */
const measureBody = changeRequest(`
  const { data, ...body } = request.body;
  const bytes = Buffer.from(data, "base64");
  const sha256 = require("node:crypto").createHash("sha256").update(bytes).digest("hex");
  ${record("{ ...body, bytes: bytes.length, sha256 }")}
`);

/** Functions that do what the path says, with the body in their events or without, and such as record it. */
const shared = shareTestCloudFront({
  cacheBehaviors: {
    "viewer-request/*": {
      functions: { "viewer-request": { source: returningByPath, includeBody: true } },
    },
    "origin-request/*": {
      functions: { "origin-request": { source: returningByPath, includeBody: true } },
    },
    "both/*": { functions: withBody(returningByPath) },
    "without-body/*": { functions: { "viewer-request": returningByPath } },
    "measured/*": { functions: withBody(measureBody) },
    "recorded/*": { functions: { ...recordAll, ...withBody(recordRequest()) } },
  },
  server,
});

describe("the body in an event", () => {
  it("LE-B-20: is not there without Include Body", async () => {
    const test = await startTestCloudFront({ functions: recordAll, server });
    await post(test);
    for (const { request } of Object.values(recordedEvents(test.cloudfront))) {
      expect(request).not.toHaveProperty("body");
    }
    expect(test.received[0]?.body).toBe("abc");
  });

  it.each(["POST", "PUT", "PATCH", "DELETE"])(
    "LE-B-20, LE-B-21, LE-B-22: of a %s is base64 in both request events, read-only, and in no response event",
    async (method) => {
      const test = await shared();
      await post(test, "abc", method, "/recorded/a");
      const events = recordedEvents(test.cloudfront);
      const body = { inputTruncated: false, action: "read-only", encoding: "base64", data: "YWJj" };
      expect(events["viewer-request"].request.body).toEqual(body);
      expect(events["origin-request"].request.body).toEqual(body);
      expect(events["origin-response"].request).not.toHaveProperty("body");
      expect(events["viewer-response"].request).not.toHaveProperty("body");
      expect(test.received.at(-1)).toMatchObject({ method, body: "abc" });
    },
  );

  it("LE-B-20: of a GET is not there, with Include Body", async () => {
    const test = await shared();
    await test.get("/recorded/a");
    expect(recordedEvents(test.cloudfront)["viewer-request"].request).not.toHaveProperty("body");
    expect(recordedEvents(test.cloudfront)["origin-request"].request).not.toHaveProperty("body");
  });

  it.each([
    [40 * kb, 40 * kb, 40 * kb],
    [40 * kb + 1, 40 * kb, 40 * kb + 1],
    [mb, 40 * kb, mb],
    [mb + 1, 40 * kb, mb],
  ])(
    "LE-B-23, LE-B-24: of %d bytes shows %d at viewer-request, %d at origin-request, and goes on whole",
    async (bytes, viewerBytes, originBytes) => {
      const whole = Buffer.alloc(bytes, "0123456789");
      const seen = (count: number) => ({
        inputTruncated: count < bytes,
        action: "read-only",
        encoding: "base64",
        bytes: count,
        sha256: sha256(whole.subarray(0, count)),
      });
      const test = await shared();
      await post(test, whole, "POST", "/measured/a");
      expect(recordedValues(test.cloudfront)).toEqual({
        "viewer-request": seen(viewerBytes),
        "origin-request": seen(originBytes),
      });
      const received = test.received.at(-1);
      expect(sha256(received?.body ?? "")).toBe(sha256(whole));
      expect(received?.headers["content-length"]).toBe(String(bytes));
    },
  );
});

describe("a body that a function changes", () => {
  it.each([
    ["data alone", 'request.body.data = "bmV3";'],
    ["data and encoding", 'request.body.encoding = "text"; request.body.data = "new";'],
    ["everything, but read-only", 'request.body = { action: "read-only", data: "bmV3" };'],
  ])("LE-B-24: %s has no effect, with a warning", async (_, change) => {
    const test = await shared();
    const path = pathChanging("both", change);
    await post(test, "abc", "POST", path);
    expect(test.received.at(-1)).toMatchObject({ url: path, body: "abc" });
    expect(warningsOf(test.cloudfront)).toEqual(
      Array(2).fill(
        'LE-B-24: body.data was changed while body.action is "read-only": the original body goes on.',
      ),
    );
  });

  it("LE-B-24: inputTruncated and a missing body change nothing", async () => {
    const test = await startTestCloudFront({
      functions: withBody(
        changeRequest("request.body.inputTruncated = true;"),
        changeRequest("delete request.body;"),
      ),
      server,
    });
    await post(test);
    expect(test.received[0]?.body).toBe("abc");
  });

  it.each([
    ["base64, which it is by default", '{ action: "replace", data: "bmV3w6k=" }', "newé"],
    ["base64", '{ action: "replace", encoding: "base64", data: "bmV3w6k=" }', "newé"],
    ["text", '{ action: "replace", encoding: "text", data: "newé" }', "newé"],
    ["nothing", '{ action: "replace", data: "" }', ""],
  ])("LE-B-25: replaced by %s goes to the origin with its own length", async (_, body, sent) => {
    for (const eventType of ["viewer-request", "origin-request"] as const) {
      const test = await shared();
      const change = `Object.assign(request.body, { encoding: undefined }, ${body});`;
      const path = pathChanging(eventType, change);
      await post(test, "abc", "POST", path);
      expect(test.received.at(-1)).toMatchObject({
        url: path,
        body: sent,
        headers: { "content-length": String(Buffer.byteLength(sent)) },
      });
    }
  });

  it("LE-B-24, LE-B-26: origin-request sees what viewer-request has put in its place", async () => {
    const test = await startTestCloudFront({
      functions: withBody(
        changeRequest(
          'request.body = { action: "replace", encoding: "text", data: "new".repeat(10) };',
        ),
        recordRequest(),
      ),
      server,
    });
    await post(test);
    const { body, headers } = recordedEvents(test.cloudfront)["origin-request"].request;
    expect(body).toEqual({
      inputTruncated: false,
      action: "read-only",
      encoding: "base64",
      data: Buffer.from("new".repeat(10)).toString("base64"),
    });
    expect(headers["content-length"]?.[0]?.value).toBe("30");
    expect(test.received[0]?.body).toBe("new".repeat(10));
  });

  it("LE-B-27: can be replaced without Include Body, on a GET as well", async () => {
    const source = changeRequest(
      'request.body = { action: "replace", encoding: "text", data: "new" };',
    );
    for (const eventType of ["viewer-request", "origin-request"] as const) {
      const test = await startTestCloudFront({ functions: { [eventType]: source }, server });
      await post(test);
      await test.get("/b");
      expect(test.received.map(({ method, body }) => [method, body])).toEqual([
        ["POST", "new"],
        ["GET", "new"],
      ]);
    }
  });

  it.each([
    ["base64 that is none", '{ action: "replace", data: "***" }', "LE-B-25"],
    ["base64 cut off", '{ action: "replace", encoding: "base64", data: "YWJ" }', "LE-B-25"],
    ["an unknown encoding", '{ action: "replace", encoding: "hex", data: "00" }', "LE-B-25"],
    ["an unknown action", '{ action: "append", encoding: "text", data: "a" }', "LE-B-21"],
    ["no string", '{ action: "replace", encoding: "text", data: { a: 1 } }', "LE-D-26"],
    ["no object", '"new"', "LE-B-21"],
  ])("LE-B-21, LE-B-25: %s is answered 502", async (_, body, factId) => {
    const test = await shared();
    const before = test.received.length;
    const path = pathChanging("without-body", `request.body = ${body};`);
    const { status, xCache, body: page } = await post(test, "abc", "POST", path);
    expect([status, xCache]).toEqual([502, "LambdaValidationError"]);
    expect(page).toContain("The body is not a string, is not an object, or exceeds the maximum");
    expect(failureOf(test.cloudfront)).toMatch(new RegExp(`^${factId}: body`));
    expect(test.received).toHaveLength(before);
  });

  it.each([
    ["viewer-request", "text", 40 * kb, 40 * kb],
    ["viewer-request", "base64", Math.floor(53.2 * kb), 53.2 * kb - (Math.floor(53.2 * kb) % 4)],
    ["origin-request", "text", mb, mb],
    ["origin-request", "base64", Math.floor(1.33 * mb), Math.floor(1.33 * mb) - 2],
  ] as const)(
    "LE-B-26: at %s, %s has at most %d bytes",
    async (eventType, encoding, maxBytes, allowed) => {
      const test = await startTestCloudFront({
        functions: {
          [eventType]: changeRequest(`
            const data = "A".repeat(Number(request.headers["x-bytes"][0].value));
            request.body = { action: "replace", encoding: ${JSON.stringify(encoding)}, data };
          `),
        },
        originRequestPolicy: { HeadersConfig: { HeaderBehavior: "allViewer" } },
        server,
      });
      const post = (bytes: number) =>
        test.request("/a", { method: "POST", headers: { "x-bytes": String(bytes) } });
      expect((await post(Math.floor(allowed / 4) * 4)).status).toBe(200);
      expect((await post(Math.ceil((maxBytes + 1) / 4) * 4)).status).toBe(502);
      expect(failureOf(test.cloudfront)).toContain(`At most ${maxBytes} bytes are allowed here.`);
      expect(failureOf(test.cloudfront)).toMatch(/^LE-B-26: body\.data is too large: /);
      expect(test.received).toHaveLength(1);
    },
  );
});
