import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { distributionTemplate } from "./support/distribution-template.ts";
import { startTestCloudFront } from "./support/start-test-cloudfront.ts";

it("what was replaced lives until the last request that began before has ended", async () => {
  const folder = mkdtempSync(join(tmpdir(), "reload-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  const assembly = join(folder, "template.json");
  const begun = join(folder, "begun");
  const mayEnd = join(folder, "may-end");
  const write = (source: string): void => {
    const template = distributionTemplate({ functions: { "viewer-request": source } }, "s3");
    writeFileSync(assembly, JSON.stringify(template));
  };
  write(`
    const { existsSync, writeFileSync } = require("node:fs");
    exports.handler = async () => {
      writeFileSync(${JSON.stringify(begun)}, "");
      while (!existsSync(${JSON.stringify(mayEnd)})) await new Promise(setImmediate);
      return { status: "200", body: __dirname };
    };`);
  const { cloudfront, get } = await startTestCloudFront({ options: { assembly } });
  const before = get("/");
  await expect.poll(() => existsSync(begun)).toBe(true);
  write('exports.handler = async () => ({ status: "200", body: "after" });');
  await cloudfront.reload();
  expect((await get("/")).body).toBe("after");
  writeFileSync(mayEnd, "");
  const { status, body: taskRoot } = await before;
  expect(status).toBe(200);
  await expect.poll(() => existsSync(taskRoot)).toBe(false);
  expect((await get("/")).body).toBe("after");
});
