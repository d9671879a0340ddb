import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";
import { startRefusal } from "../support/start-refusal.ts";
import { LocalCloudFront } from "../../src/local-cloudfront.ts";

function temporaryFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "hostile-sizes-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

describe("what a function returns", () => {
  it.each([
    ["with 5,000 levels", `JSON.parse("[".repeat(5000) + "]".repeat(5000))`],
    ["with a property __proto__ of its own", `JSON.parse('{"__proto__": {"status": "200"}}')`],
  ])("%s leaves a trace that can be written as JSON", async (_, result) => {
    const { get, cloudfront } = await startTestCloudFront({
      functions: { "viewer-request": `exports.handler = async () => (${result});` },
    });
    expect((await get("/")).status).toBe(502);
    const trace = cloudfront.traces().at(-1);
    expect(JSON.stringify(trace)).toContain("viewer-request");
    expect(JSON.parse(JSON.stringify(trace))).toMatchObject({ status: 502 });
  });
});

describe("a body that nobody is going to read", () => {
  it("LE-A-36: is not waited for, and not kept, where the method is refused", async () => {
    const { cloudfront } = await startTestCloudFront({
      files: { "a.html": "a" },
      properties: { AllowedMethods: ["GET", "HEAD"] },
    });
    const socket = connect(Number(new URL(cloudfront.url).port), "127.0.0.1");
    onTestFinished(() => void socket.destroy());
    socket.write(
      `POST /a.html HTTP/1.1\r\nHost: localhost\r\nContent-Length: ${60 * 1024 * 1024}\r\n\r\n`,
    );
    const [head] = (await once(socket, "data")) as [Buffer];
    expect(head.toString("latin1")).toMatch(/^HTTP\/1\.1 403 /);
    expect(cloudfront.traces()).toMatchObject([{ status: 403, request: { bodyBytes: 0 } }]);
  });
});

describe("a template", () => {
  it.each([
    ["JSON", `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`],
    ["YAML", `${"[".repeat(20_000)}${"]".repeat(20_000)}`],
  ])("of 20,000 levels in %s is refused in one sentence", async (format, text) => {
    const file = join(temporaryFolder(), `template.${format.toLowerCase()}`);
    writeFileSync(file, text);
    const refused = LocalCloudFront.start({ assembly: file, port: 0 });
    await expect(refused).rejects.toThrow(/^[^\n]*nested deeper than 200 levels[^\n]*$/);
    await expect(refused).rejects.toHaveProperty("name", "LocalCloudFrontError");
  });
});

it("code with a link that leads to its own folder is refused in one sentence", async () => {
  const code = temporaryFolder();
  writeFileSync(join(code, "index.js"), "exports.handler = async () => ({ status: '204' });");
  symlinkSync(".", join(code, "loop"));
  const refusal = await startRefusal({
    functions: { "viewer-request": { source: "", properties: { Code: code } } },
  });
  expect(refusal).toMatch(/^[^\n]*link[^\n]*$/);
});

it("the folders of a process that was killed go when the next one starts a function", async () => {
  const left = mkdtempSync(join(tmpdir(), "local-cloudfront-4194999-"));
  const own = mkdtempSync(join(tmpdir(), `local-cloudfront-${process.pid}-`));
  onTestFinished(() => rmSync(own, { recursive: true, force: true }));
  const { get } = await startTestCloudFront({
    functions: { "viewer-request": "exports.handler = async () => ({ status: '204' });" },
  });
  expect((await get("/")).status).toBe(204);
  const names = readdirSync(tmpdir());
  expect(names.filter((name) => left.endsWith(name))).toEqual([]);
  expect(names.filter((name) => own.endsWith(name))).toHaveLength(1);
});
