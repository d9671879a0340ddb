import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { distributionTemplate, originId } from "../../test/support/distribution-template.ts";
import { LocalCloudFront } from "../local-cloudfront.ts";
import { createJsonLog } from "../log/json-log.ts";
import { ServedChanges } from "./served-changes.ts";

let folder: string;
let cloudfront: LocalCloudFront;
let lines: string[];
let changes: ServedChanges;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), "served-changes-"));
  const assembly = join(folder, "template.json");
  writeFileSync(assembly, JSON.stringify(distributionTemplate({}, "s3")));
  cloudfront = await LocalCloudFront.start({
    assembly,
    port: 0,
    origins: { [originId]: folder },
  });
  lines = [];
  const log = createJsonLog((line) => lines.push(line));
  changes = new ServedChanges(cloudfront, log);
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
});

afterEach(async () => {
  vi.useRealTimers();
  changes.close();
  await cloudfront.close();
  rmSync(folder, { recursive: true });
});

it("a save of many files is one line, though a bundler takes its time between them", async () => {
  await changes.refresh(["index.html", "about.html"]);
  vi.advanceTimersByTime(119);
  await changes.refresh(["assets/2.js", "index.html"]);
  vi.advanceTimersByTime(119);
  expect(lines).toEqual([]);
  vi.advanceTimersByTime(1);
  expect(lines.map((line) => JSON.parse(line))).toEqual([
    { event: "origins-changed", files: ["about.html", "assets/2.js", "index.html"], objects: 0 },
  ]);
});

it("the next save is a line of its own, with its own files", async () => {
  await changes.refresh(["index.html"]);
  vi.advanceTimersByTime(120);
  await changes.refresh(["about.html"]);
  vi.advanceTimersByTime(120);
  expect(lines.map((line) => JSON.parse(line).files)).toEqual([["index.html"], ["about.html"]]);
});
