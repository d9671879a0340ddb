import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** Creates a folder that is deleted, with all that is in it, when it is disposed of. */
export function temporaryFolder(): Disposable & { readonly path: string } {
  const path = mkdtempSync(join(tmpdir(), "edge-site-"));
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true }) };
}
