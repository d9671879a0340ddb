import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { LocalCloudFront } from "../../src/local-cloudfront.ts";
import packageJson from "../../package.json" with { type: "json" };

/** Runs the command's own file in a process that says it is another version of Node.js. */
function runAs(version: string) {
  const versions = `{ ...process.versions, node: ${JSON.stringify(version)} }`;
  const pretend = `Object.defineProperty(process, "versions", { value: ${versions} });`;
  const words = [
    `--import=data:text/javascript,${encodeURIComponent(pretend)}`,
    resolve(import.meta.dirname, "../../bin/local-cloudfront.cjs"),
    "--help",
  ];
  const { status, stdout, stderr } = spawnSync(process.execPath, words, { encoding: "utf8" });
  return { status, stderr, isHelp: stdout.startsWith("Usage: local-cloudfront") };
}

it("so it is to those who start it from a test", async () => {
  const { node } = process.versions;
  Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.19.0" } });
  onTestFinished(() => {
    Object.defineProperty(process, "versions", { value: { ...process.versions, node } });
  });
  await expect(LocalCloudFront.start({ assembly: "cdk.out" })).rejects.toThrow(
    'local-cloudfront needs Node.js 22 or newer: got 20.19.0. Install it, or run the tests with: npx --package node@24 --call "npm test"',
  );
});

it("an older Node.js than package.json asks for is told in one sentence", () => {
  expect(packageJson.engines.node).toBe(">=22");
  expect(runAs("21.7.3")).toEqual({
    status: 1,
    isHelp: false,
    stderr:
      "local-cloudfront needs Node.js 22 or newer: got 21.7.3. Install it, or run it with: npx --package node@24 --package local-cloudfront local-cloudfront\n",
  });
  expect(runAs("22.0.0")).toEqual({ status: 0, isHelp: true, stderr: "" });
});
