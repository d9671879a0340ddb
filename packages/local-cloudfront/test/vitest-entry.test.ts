import { describe, expect, it } from "vitest";
import { formatTrace, traceOf } from "../src/vitest.ts";
import { startWithFunctions } from "./support/cloudfront-functions.ts";
import { startTestCloudFront } from "./support/start-test-cloudfront.ts";

const rewrite = `exports.handler = async ({ Records: [{ cf }] }) => {
  if (cf.request.uri === "/notes/1") cf.request.uri = "/a.html";
  if (cf.request.uri === "/loud") throw new Error("loud");
  return cf.request;
};`;
const headers = `exports.handler = async ({ Records: [{ cf }] }) => {
  cf.response.headers["x-a"] = [{ key: "X-A", value: "1" }];
  return cf.response;
};`;

async function started() {
  const { cloudfront } = await startTestCloudFront({
    functions: { "viewer-request": rewrite, "viewer-response": headers },
  });
  return cloudfront;
}

/** The message of an expectation that does not hold. */
function messageOf(expectation: () => void): string {
  try {
    expectation();
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  throw new Error("The expectation holds.");
}

describe("local-cloudfront/vitest", () => {
  it("counts a CloudFront Function as any other", async () => {
    const { cloudfront } = await startWithFunctions({
      "viewer-request": `if (event.request.uri === "/loud") throw new Error("loud");
        event.request.uri = "/a.html"; return event.request;`,
      "viewer-response": "return event.response;",
    });
    const response = await cloudfront.fetch("/notes/1");
    expect(response).toHaveRun(["viewer-request", "viewer-response"]);
    expect(response).toHaveRewrittenUri("/a.html");
    const trace = traceOf(response);
    expect(trace && formatTrace(trace)).toContain("on-viewer-request");
    const failed = await cloudfront.fetch("/loud");
    expect(messageOf(() => expect(failed).toHaveRun([]))).toContain("on-viewer-request");
  });

  it("says of a response which functions ran, and what the cache did", async () => {
    const cloudfront = await started();
    const first = await cloudfront.fetch("/notes/1");
    expect(first).toHaveRun(["viewer-request", "viewer-response"]);
    expect(first).toHaveRewrittenUri("/a.html");
    expect(first).toBeCacheMiss();
    expect(await cloudfront.fetch("/notes/1")).toBeCacheHit();
    expect(await cloudfront.fetch("/missing")).not.toBeCacheHit();
  });

  it("says which fact a function failed by, and what was skipped", async () => {
    const cloudfront = await started();
    expect(await cloudfront.fetch("/loud")).toHaveFailedWith("LE-C-19");
    const missing = await cloudfront.fetch("/missing");
    expect(missing).toHaveSkipped("viewer-response", "LE-A-08");
    expect(missing).not.toHaveSkipped("viewer-request");
  });

  it("takes a trace as well as a response", async () => {
    const cloudfront = await started();
    const response = await cloudfront.fetch("/notes/1");
    expect(cloudfront.traces().at(-1)).toBeCacheMiss();
    expect(traceOf(response)).toBe(cloudfront.traces().at(-1));
  });

  it("says what it got instead, with the whole trace", async () => {
    const cloudfront = await started();
    const response = await cloudfront.fetch("/notes/1");
    const message = messageOf(() => expect(response).toHaveRun(["origin-request"]));
    expect(message).toContain(
      "Expected the request to run origin-request: got viewer-request, viewer-response.",
    );
    expect(message).toContain("uri: /notes/1 -> /a.html");
    expect(message).toContain("header x-a: (none) -> 1");
    expect(message).toContain("200 Miss from cloudfront");
    expect(messageOf(() => expect(response).not.toBeCacheMiss())).toContain(
      "Expected the request not to get X-Cache Miss from cloudfront",
    );
  });

  it("refuses a response that has no trace", async () => {
    const cloudfront = await started();
    const response = await cloudfront.fetch("/a.html");
    cloudfront.clearTraces();
    for (const untraced of [response, new Response("other")]) {
      expect(messageOf(() => expect(untraced).toBeCacheHit())).toContain(
        "The response has no trace",
      );
    }
  });

  it("formats a trace step by step", async () => {
    const cloudfront = await started();
    const trace = traceOf(await cloudfront.fetch("/loud"));
    expect(trace && formatTrace(trace)).toBe(
      [
        "GET /loud",
        "  cache behavior * of *",
        "  viewer-request DefaultViewerRequest 1 failed (LE-C-19): Error: loud.",
        "  viewer-response skipped (LE-C-19: a function failed)",
        "503 LambdaExecutionError from cloudfront",
      ].join("\n"),
    );
  });
});
