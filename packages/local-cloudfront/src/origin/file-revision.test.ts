import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it, onTestFinished } from "vitest";
import { isSettled, revisionOf } from "./file-revision.ts";

function stats() {
  const folder = mkdtempSync(join(tmpdir(), "revision-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, "file");
  writeFileSync(file, "one");
  return statSync(file, { bigint: true });
}

/** Stats of a file that was changed at a time in nanoseconds. */
const changedAt = (ns: bigint) =>
  Object.assign(stats(), {
    mtimeNs: ns,
    ctimeNs: ns,
    mtimeMs: ns / 1_000_000n,
    ctimeMs: ns / 1_000_000n,
  });

it("a file that was just written could be written again within the same time of change", () => {
  const made = changedAt(1_800_000_000_123_456_789n);
  const changedAtMs = 1_800_000_000_123;
  expect([0, 100, 101].map((laterMs) => isSettled(made, changedAtMs + laterMs))).toEqual([
    false,
    false,
    true,
  ]);
});

it("where the file system keeps whole seconds, so could one that was written seconds ago", () => {
  const made = changedAt(1_800_000_000_000_000_000n);
  const changedAtMs = 1_800_000_000_000;
  expect([101, 2000, 2001].map((laterMs) => isSettled(made, changedAtMs + laterMs))).toEqual([
    false,
    false,
    true,
  ]);
});

it("another size, time or file is another revision", () => {
  const made = stats();
  const changes = [{ size: 4n }, { mtimeNs: 1n }, { ctimeNs: 1n }, { ino: made.ino + 1n }];
  const revisions = changes.map((change) => revisionOf(Object.assign(stats(), made, change)));
  expect(new Set([revisionOf(made), ...revisions]).size).toBe(changes.length + 1);
});
