import { gzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import type { ShownBody } from "../src/inspector/show-body.ts";
import { allMethods, startInspected } from "./support/start-inspected.ts";
import type { TestCloudFrontOptions } from "./support/start-test-cloudfront.ts";

interface Bodies {
  readonly request?: ShownBody;
  readonly response?: ShownBody;
  readonly problem?: string;
}

/** Sends a request and returns what the inspector shows of its bodies. */
async function bodiesOf(options: TestCloudFrontOptions, init: RequestInit = {}) {
  const { request, answerTo, cloudfront } = await startInspected({
    properties: { AllowedMethods: allMethods },
    ...options,
  });
  const { headers } = await request("/a", init);
  const ask = async () => {
    const { status, body } = await answerTo(`/api/requests/${headers["x-amz-cf-id"]}/bodies`);
    return { status, bodies: JSON.parse(body) as Bodies };
  };
  return { ask, cloudfront, ...(await ask()) };
}

const responds = (body: string | Buffer, headers: Readonly<Record<string, string>> = {}) =>
  ({ server: (_, response) => void response.writeHead(200, headers).end(body) }) satisfies Pick<
    TestCloudFrontOptions,
    "server"
  >;

describe("bodies in the inspector", () => {
  it("are shown whole, with how long they are", async () => {
    const { bodies } = await bodiesOf(responds("Grüße"), { method: "POST", body: '{"n":1}' });
    expect(bodies.request).toMatchObject({ totalBytes: 7, shownBytes: 7, text: '{"n":1}' });
    expect(bodies.response).toMatchObject({ totalBytes: 7, shownBytes: 7, text: "Grüße" });
    expect(Buffer.from(bodies.response?.base64 ?? "", "base64").toString()).toBe("Grüße");
  });

  it("are not there where they are empty", async () => {
    expect((await bodiesOf(responds(""))).bodies).toEqual({});
  });

  it("are cut off, within a character, too", async () => {
    const { bodies } = await bodiesOf(responds(`x${"ü".repeat(50_000)}`));
    expect(bodies.response).toMatchObject({ totalBytes: 100_001, shownBytes: 65_536 });
    expect(bodies.response?.text).toBe(`x${"ü".repeat(32_767)}`);
  });

  it("are decoded, those that are cut off, too", async () => {
    // Noise, so that it is long when it is compressed, too.
    const text = Array.from({ length: 30_000 }, (_, n) => Math.imul(n, 0x9e3779b1)).join(" ");
    const compressed = gzipSync(text);
    expect(compressed.byteLength).toBeGreaterThan(65_536);
    const { bodies } = await bodiesOf(responds(compressed, { "Content-Encoding": "gzip" }), {
      headers: { "accept-encoding": "gzip" },
    });
    expect(bodies.response).toMatchObject({ shownBytes: 65_536, decodedFrom: "gzip" });
    const shown = bodies.response?.text ?? "";
    expect(shown.length).toBeGreaterThan(65_536);
    expect(text.startsWith(shown)).toBe(true);
  });

  it("that are no text are bytes", async () => {
    const bytes = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0xff]);
    const { bodies } = await bodiesOf(responds(bytes, { "Content-Type": "image/png" }));
    expect(bodies.response?.text).toBeUndefined();
    expect(Buffer.from(bodies.response?.base64 ?? "", "base64")).toEqual(bytes);
  });

  it("have their secrets masked, and those of the headers", async () => {
    const { bodies } = await bodiesOf(responds("hello bearer-s3cr3t"), {
      method: "POST",
      headers: { authorization: "Bearer bearer-s3cr3t" },
      body: '{"password":"pass-s3cr3t","name":"me"}',
    });
    expect(bodies.request?.text).toBe('{"password":"[masked]","name":"me"}');
    expect(bodies.response?.text).toBe("hello [masked]");
    for (const { base64 } of Object.values(bodies)) {
      expect(Buffer.from(base64, "base64").toString()).not.toContain("s3cr3t");
    }
  });

  it("of a large object are read from its file", async () => {
    const large = Buffer.alloc(17 * 1024 * 1024, "a");
    const { bodies } = await bodiesOf({ files: { a: large } });
    expect(bodies.response).toMatchObject({ totalBytes: large.byteLength, shownBytes: 65_536 });
    expect(bodies.response?.text).toBe("a".repeat(65_536));
  });

  it("are those of the latest requests, in 16 MiB", async () => {
    const { request, answerTo, cloudfront } = await startInspected({
      files: { a: Buffer.alloc(65_536) },
      options: { maxTraces: 400 },
    });
    for (let count = 0; count < 300; count += 1) await request("/a", {});
    const traces = cloudfront.traces();
    const statuses = await Promise.all(
      [0, 43, 44, 299].map((at) => answerTo(`/api/requests/${traces[at]?.requestId}/bodies`)),
    );
    expect(traces).toHaveLength(300);
    expect(statuses.map(({ status }) => status)).toEqual([404, 404, 200, 200]);
  });

  it("are gone with their request", async () => {
    const { ask, cloudfront } = await bodiesOf(responds("a"));
    cloudfront.clearTraces();
    expect(await ask()).toMatchObject({
      status: 404,
      bodies: { problem: expect.stringContaining("not kept any more") as string },
    });
  });
});
