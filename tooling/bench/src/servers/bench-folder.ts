import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

/** A temporary folder with files; `remove` removes it. */
export interface BenchFolder {
  readonly path: string;
  remove(): void;
}

/** Makes a temporary folder with files. */
export function benchFolder(files: Readonly<Record<string, string>>): BenchFolder {
  const path = mkdtempSync(join(tmpdir(), "cf-edge-bench-"));
  for (const [name, content] of Object.entries(files)) {
    const file = join(path, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content);
  }
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}
