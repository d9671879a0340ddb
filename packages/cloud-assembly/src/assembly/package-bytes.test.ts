import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { packageBytes } from "./package-bytes.ts";

function folderWith(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), "package-bytes-"));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  mkdirSync(join(folder, "lib"));
  for (const [name, content] of Object.entries(files)) writeFileSync(join(folder, name), content);
  return folder;
}

it("a zip file is as large as it is", () => {
  const folder = folderWith({ "package.zip": "x".repeat(100) });
  expect(packageBytes(join(folder, "package.zip"))).toBe(100);
});

it("a small folder is as large as its zip archive without compression, headers included", () => {
  // As `zip -0` writes it: 30 + 46 bytes and twice the name for each file, 22 at the end.
  const bytes = packageBytes(folderWith({ "index.js": "12345", "lib/a.js": "123" }));
  expect(bytes).toBe(5 + 3 + 2 * (30 + 46 + 2 * 8) + 22);
});

it("a large folder is as large as its zip archive", () => {
  const bytes = packageBytes(folderWith({ "index.js": "x".repeat(2_000_000) }));
  expect(bytes).toBeLessThan(10_000);
});
