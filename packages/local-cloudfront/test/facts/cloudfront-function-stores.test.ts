import { writeFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { LocalCloudFrontError } from "../../src/index.ts";
import { startWithFunctions, writeKeyValues } from "../support/cloudfront-functions.ts";
import { accessLogFile, readAccessLog } from "../support/access-log-file.ts";
import { failureOf } from "../support/function-failures.ts";
import { startRefusal } from "../support/start-refusal.ts";

const reading = `import cf from "cloudfront";
async function handler(event) {
  const to = await cf.kvs().get(event.request.uri);
  return { statusCode: 302, headers: { location: { value: to } } };
}`;

describe("a key value store", () => {
  it("FN-I-31, FN-I-48: gives the value of a key; a missing one that nobody catches is 503", async () => {
    const test = await startWithFunctions({
      "viewer-request": reading,
      keyValues: { "/a": "/b" },
    });
    expect((await test.get("/a")).headers["location"]).toBe("/b");
    const { status, xCache } = await test.get("/none");
    expect([status, xCache]).toEqual([503, "FunctionExecutionError"]);
    expect(failureOf(test.cloudfront)?.factId).toBe("FN-I-48");
  });

  it("FN-I-48: has exists, meta and three formats", async () => {
    const test = await startWithFunctions({
      "viewer-request": `import cf from "cloudfront";
        async function handler(event) {
          const kvs = cf.kvs();
          const json = await kvs.get("j", { format: "json" });
          const bytes = await kvs.get("j", { format: "bytes" });
          const exists = [await kvs.exists("j"), await kvs.exists("k")];
          const meta = await kvs.meta();
          return { statusCode: 200, body: JSON.stringify([json, bytes.length, exists, meta.keyCount]) };
        }`,
      keyValues: { j: '{"a":1}', other: "" },
    });
    expect(JSON.parse((await test.get("/")).body)).toEqual([{ a: 1 }, 7, [true, false], 2]);
  });

  it("FN-I-40: is written by a test, and the next request sees it, which CloudFront takes seconds for", async () => {
    const test = await startWithFunctions({ "viewer-request": reading, keyValues: {} });
    test.cloudfront.kvs("store").set("/a", "/new");
    expect((await test.get("/a")).headers["location"]).toBe("/new");
    expect(test.cloudfront.kvs("store").delete("/a")).toBe(true);
    expect((await test.get("/a")).status).toBe(503);
    expect(() => test.cloudfront.kvs("stores")).toThrow(
      'Key value store is associated with no function of the distribution: got "stores". There are "store".',
    );
  });

  it("FN-I-40: with a delay, functions see a change when the clock has passed it; the writer at once", async () => {
    const test = await startWithFunctions(
      { "viewer-request": reading, keyValues: { "/a": "/old" } },
      { options: { keyValueStoreDelaySeconds: 26 } },
    );
    const { cloudfront } = test;
    const store = cloudfront.kvs("store");
    const location = async () => (await test.get("/a")).headers["location"];
    store.set("/a", "/new");
    expect(store.get("/a")).toBe("/new");
    expect(await location()).toBe("/old");
    cloudfront.clock.advance(20);
    store.delete("/a");
    cloudfront.clock.advance(7);
    expect(await location()).toBe("/new");
    cloudfront.clock.advance(20);
    expect((await test.get("/a")).status).toBe(503);
  });

  it("FN-I-40: with a delay, functions see what a reload reads when the clock has passed it", async () => {
    const file = writeKeyValues({ "/a": "/old", "/b": "/old" });
    const test = await startWithFunctions(
      { "viewer-request": reading, keyValues: {} },
      { options: { keyValueStores: { store: file }, keyValueStoreDelaySeconds: 26 } },
    );
    writeFileSync(file, JSON.stringify({ data: [{ key: "/a", value: "/new" }] }));
    await test.cloudfront.reload();
    expect((await test.get("/a")).headers["location"]).toBe("/old");
    test.cloudfront.clock.advance(26);
    expect((await test.get("/a")).headers["location"]).toBe("/new");
    expect((await test.get("/b")).status).toBe(503);
  });

  it("is in the trace with each key that was read, found or not", async () => {
    const test = await startWithFunctions({ "viewer-request": reading, keyValues: { "/a": "/b" } });
    await test.get("/a");
    await test.get("/none");
    const reads = test.cloudfront
      .traces()
      .flatMap(({ steps }) =>
        steps.flatMap((step) => ("run" in step ? step.keyValueStoreReads : [])),
      );
    expect(reads).toEqual(['store.get("/a"): found', 'store.get("/none"): not found']);
  });

  it("is read again on reload when its file has changed, and keeps what was written until then", async () => {
    const file = writeKeyValues({ "/a": "/b" });
    const test = await startWithFunctions(
      { "viewer-request": reading, keyValues: {} },
      { options: { keyValueStores: { store: file } } },
    );
    expect(test.cloudfront.watchedPaths.assembly).toContain(file);
    test.cloudfront.kvs("store").set("/written", "/w");
    await test.cloudfront.reload();
    expect((await test.get("/written")).headers["location"]).toBe("/w");
    writeFileSync(file, JSON.stringify({ data: [{ key: "/a", value: "/c" }] }));
    await test.cloudfront.reload();
    expect((await test.get("/a")).headers["location"]).toBe("/c");
    expect((await test.get("/written")).status).toBe(503);
  });

  it.each([
    ["no JSON", "{"],
    ["another form", '{"a":1}'],
    [
      "FN-I-31: a value above 1 KB",
      JSON.stringify({ data: [{ key: "a", value: "x".repeat(1025) }] }),
    ],
    [
      "FN-I-31: a key above 512 bytes",
      JSON.stringify({ data: [{ key: "x".repeat(513), value: "" }] }),
    ],
  ])("of %s is refused with the file and the remedy", async (_, text) => {
    const file = writeKeyValues({});
    writeFileSync(file, text);
    const started = startWithFunctions(
      { "viewer-request": reading, keyValues: {} },
      { options: { keyValueStores: { store: file } } },
    );
    await expect(started).rejects.toThrow(LocalCloudFrontError);
    await expect(started).rejects.toThrow(/ (Write|Use) /);
  });

  it("whose file does not exist is refused", async () => {
    const started = startWithFunctions(
      { "viewer-request": reading, keyValues: {} },
      { options: { keyValueStores: { store: "/none/store.json" } } },
    );
    await expect(started).rejects.toThrow(
      'The file of the key value store "store" cannot be read: got "/none/store.json". Pass a JSON file that exists with --kvs store=FILE.',
    );
  });
});

describe("what is told of CloudFront Functions", () => {
  it("FN-I-52: the access log has their result types", async () => {
    const accessLog = accessLogFile();
    const test = await startWithFunctions(
      {
        "viewer-request": `if (event.request.uri === "/generated") return { statusCode: 302 };
          if (event.request.uri === "/throw") throw new Error("no");
          if (event.request.uri === "/invalid") return { statusCode: 1 };
          return event.request;`,
      },
      { options: { accessLog } },
    );
    for (const path of ["/generated", "/throw", "/invalid", "/a.html"]) await test.get(path);
    const entries = await readAccessLog(accessLog, test.cloudfront);
    expect(entries.map((entry) => entry["x-edge-result-type"])).toEqual([
      "FunctionGeneratedResponse",
      "FunctionExecutionError",
      "FunctionValidationError",
      "Miss",
    ]);
  });

  it("FN-I-27: their log group has START and END only where they write to the console", async () => {
    const test = await startWithFunctions({
      "viewer-request":
        "if (event.request.uri === '/a.html') console.log('seen'); return event.request;",
    });
    const logOf = async (path: string) => {
      const { headers } = await test.get(path);
      const [, step] = test.cloudfront.traces().at(-1)?.steps ?? [];
      const id = headers["x-amz-cf-id"] ?? "";
      return step !== undefined && "run" in step
        ? [step.run.logGroupName, ...step.run.logLines.map((line) => line.replace(`${id} `, ""))]
        : [];
    };
    const { id } = test.cloudfront.distribution;
    const logGroup = "/aws/cloudfront/function/on-viewer-request";
    expect(await logOf("/a.html")).toEqual([
      logGroup,
      `START DistributionID: ${id}`,
      "seen",
      "END",
    ]);
    expect(await logOf("/index.html")).toEqual([logGroup]);
  });

  it("FN-I-19: what is not there fails, and Date stands still", async () => {
    const test = await startWithFunctions({
      "viewer-request": `var start = Date.now(); for (var i = 0; i < 10000; i++) {}
        return { statusCode: 200, body: JSON.stringify([Date.now() - start, typeof setTimeout, typeof process, typeof fetch, typeof eval]) };`,
    });
    expect(JSON.parse((await test.get("/")).body).slice(0, 4)).toEqual([
      0,
      "undefined",
      "undefined",
      "undefined",
    ]);
  });

  it("cookies are masked in the trace", async () => {
    const test = await startWithFunctions({ "viewer-request": "return event.request;" });
    await test.get("/a.html", { cookie: "session=s3cr3t" });
    const shown = JSON.stringify(test.cloudfront.traces());
    expect(shown).toContain('"session"');
    expect(shown).not.toContain("s3cr3t");
  });

  it("FN-I-15, FN-I-36: code above 10,240 bytes is refused, as by CloudFront", async () => {
    const code = `function handler(event) { return event.request; }${" ".repeat(10_240)}`;
    const refusal = await startRefusal({
      properties: {
        FunctionAssociations: [{ EventType: "viewer-request", FunctionARN: { Ref: "Large" } }],
      },
      resources: {
        Large: {
          Type: "AWS::CloudFront::Function",
          Properties: {
            Name: "large",
            AutoPublish: true,
            FunctionCode: code,
            FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0" },
          },
        },
      },
    });
    expect(refusal).toContain("which CloudFront refuses (FunctionSizeLimitExceeded)");
    expect(refusal).toContain("(FN-I-15)");
  });

  it("LE-A-27: gRPC goes with them", async () => {
    const test = await startWithFunctions(
      { "viewer-request": "event.request.uri = '/a.html'; return event.request;" },
      { properties: { GrpcConfig: { Enabled: true } } },
    );
    expect((await test.get("/b")).status).toBe(200);
  });
});
