import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempDisposableSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const command = fileURLToPath(new URL("../bin/empty-dist.js", import.meta.url));

it("leaves nothing in dist, and all else, whether there is a dist or not", () => {
  using folder = mkdtempDisposableSync(join(tmpdir(), "empty-dist-"));
  const file = join(folder.path, "package.json");
  writeFileSync(file, "{}");
  mkdirSync(join(folder.path, "dist/event"), { recursive: true });
  writeFileSync(join(folder.path, "dist/event/memo.d.ts"), "");
  for (let time = 0; time < 2; time += 1) {
    execFileSync(process.execPath, [command], { cwd: folder.path });
    expect(existsSync(join(folder.path, "dist"))).toBe(false);
  }
  expect(existsSync(file)).toBe(true);
});
