import { execFileSync } from "node:child_process";
import { once } from "node:events";
import {
  closeSync,
  ftruncateSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  utimesSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { get as httpGet, type IncomingMessage } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { distributionTemplate, originId } from "../support/distribution-template.ts";
import { requestHttp2 } from "../support/http2.ts";
import { requestRaw } from "../support/raw-http.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

const mebibyte = 1024 ** 2;
const gibibyte = 1024 ** 3;

/** A folder with one file of the given size, which takes no place on the disk, and ends with `end`. */
function folderWith(bytes: number): { readonly folder: string; readonly file: string } {
  const folder = mkdtempSync(join(tmpdir(), "large-objects-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, "large.bin");
  const descriptor = openSync(file, "w");
  ftruncateSync(descriptor, bytes);
  writeSync(descriptor, "end", bytes - 3);
  closeSync(descriptor);
  return { folder, file };
}

async function startWithLargeObject(bytes: number, options: TestCloudFrontOptions = {}) {
  const { folder, file } = folderWith(bytes);
  const { cloudfront } = await startTestCloudFront({
    ...options,
    options: { origins: { [originId]: folder }, ...options.options },
  });
  const get = (headers: Readonly<Record<string, string>>, method = "GET") =>
    requestRaw(cloudfront.url, "/large.bin", headers, method);
  return { cloudfront, file, get };
}

describe("an object of several gigabytes", () => {
  it("CF-H-12: is there for HEAD, with an ETag as of a multipart upload", async () => {
    const { get } = await startWithLargeObject(3 * gibibyte);
    const { status, headers } = await get({}, "HEAD");
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      "content-length": String(3 * gibibyte),
      "accept-ranges": "bytes",
      etag: expect.stringMatching(/^"[0-9a-f]{32}-192"$/),
    });
  });

  it("CF-G-34: gives its last bytes, from the origin and from the cache", async () => {
    const { get } = await startWithLargeObject(3 * gibibyte);
    for (const xCache of ["Miss from cloudfront", "Hit from cloudfront"]) {
      const answer = await get({ range: "bytes=-3" });
      expect([answer.status, answer.body.toString()]).toEqual([206, "end"]);
      const last = 3 * gibibyte - 1;
      expect(answer.headers).toMatchObject({
        "content-range": `bytes ${last - 2}-${last}/${last + 1}`,
        "x-cache": xCache,
      });
    }
  });

  it("CF-G-34: gives several of its ranges as parts", async () => {
    const { cloudfront } = await startWithLargeObject(3 * gibibyte, {
      options: { https: true },
      distributionConfig: { HttpVersion: "http2" },
    });
    const range = `bytes=0-1,${3 * gibibyte - 3}-`;
    const { status, body } = await requestHttp2(cloudfront.url, { ":path": "/large.bin", range });
    expect(status).toBe(206);
    expect(body.toString()).toContain("\r\n\r\nend\r\n--CloudFront-");
  });

  it("CF-H-12: gives a range where nothing is cached", async () => {
    const { get } = await startWithLargeObject(3 * gibibyte, {
      cachePolicy: { MinTTL: 0, DefaultTTL: 0, MaxTTL: 0 },
    });
    const answer = await get({ range: "bytes=-3" });
    expect([answer.status, answer.body.toString()]).toEqual([206, "end"]);
  });

  it("CF-G-41: is not cached above 50 GB", async () => {
    const { get } = await startWithLargeObject(50 * gibibyte + 3);
    for (const _time of [1, 2]) {
      const { status, headers } = await get({ range: "bytes=-3" });
      expect([status, headers["x-cache"]]).toEqual([206, "Miss from cloudfront"]);
    }
  });
});

describe("an object that is streamed", () => {
  it("comes byte for byte", async () => {
    const { get, file } = await startWithLargeObject(17 * mebibyte);
    const { headers, body } = await get({});
    expect(headers["content-length"]).toBe(String(body.byteLength));
    expect(body.equals(readFileSync(file))).toBe(true);
  });

  it("CF-G-06: is answered 304 to its ETag and its date", async () => {
    const { get } = await startWithLargeObject(17 * mebibyte);
    const { etag = "", "last-modified": date = "" } = (await get({}, "HEAD")).headers;
    expect((await get({ "if-none-match": etag })).status).toBe(304);
    expect((await get({ "if-modified-since": date })).status).toBe(304);
    expect((await get({ range: "bytes=-3", "if-range": etag })).status).toBe(206);
  });

  it("has another ETag when it was written to, and is served anew", async () => {
    const { get, file } = await startWithLargeObject(17 * mebibyte);
    const before = await get({ range: "bytes=-3" });
    writeFileSync(file, "new", { flag: "r+" });
    utimesSync(file, 1, 1);
    const after = await get({ range: "bytes=0-2" });
    expect([after.headers["x-cache"], after.body.toString()]).toEqual([
      "Miss from cloudfront",
      "new",
    ]);
    expect(after.headers["etag"]).not.toBe(before.headers["etag"]);
  });

  it("CF-G-41: breaks off where the file is cut while it is read", async () => {
    const { cloudfront, file } = await startWithLargeObject(64 * mebibyte);
    const response = await headOf(`${cloudfront.url}/large.bin`);
    writeFileSync(file, "short");
    response.resume();
    const [error] = (await once(response, "error")) as [NodeJS.ErrnoException];
    expect(error.code).toBe("ECONNRESET");
    expect((await requestRaw(cloudfront.url, "/large.bin")).body.toString()).toBe("short");
  });

  it.runIf(process.platform === "linux")("is no longer read when the viewer leaves", async () => {
    const { cloudfront, file } = await startWithLargeObject(64 * mebibyte);
    const response = await headOf(`${cloudfront.url}/large.bin`);
    expect(openFiles()).toContain(file);
    response.destroy();
    await expect.poll(openFiles).not.toContain(file);
  });

  it("takes little memory, however many viewers ask for parts of it at once", () => {
    const { folder } = folderWith(gibibyte);
    const assembly = join(folder, "template.json");
    writeFileSync(assembly, JSON.stringify(distributionTemplate({}, "s3")));
    const script = `
      const { LocalCloudFront } = await import(${JSON.stringify(join(import.meta.dirname, "../../src/index.ts"))});
      const cloudfront = await LocalCloudFront.start({
        assembly: ${JSON.stringify(assembly)},
        port: 0,
        origins: { ${originId}: ${JSON.stringify(folder)} },
      });
      const bytes = await Promise.all([0, 1, 2, 3].map(async (part) => {
        const first = part * 64 * 1024 ** 2;
        const range = "bytes=" + first + "-" + (first + 64 * 1024 ** 2 - 1);
        const response = await cloudfront.fetch("/large.bin", { headers: { range } });
        let bytes = 0;
        for await (const chunk of response.body) bytes += chunk.byteLength;
        return bytes;
      }));
      console.log(JSON.stringify({ bytes, rss: process.resourceUsage().maxRSS * 1024 }));
      await cloudfront.close();`;
    const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script]);
    const { bytes, rss } = JSON.parse(output.toString()) as { bytes: number[]; rss: number };
    expect(bytes).toEqual(Array.from({ length: 4 }, () => 64 * mebibyte));
    expect(rss).toBeLessThan(400 * mebibyte);
  });
});

/** Requests, and leaves the body where it is. */
function headOf(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    httpGet(url, { agent: false }, resolve).on("error", reject);
  });
}

/** The files that this process has open. */
function openFiles(): string[] {
  return readdirSync("/proc/self/fd").flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      return [];
    }
  });
}
