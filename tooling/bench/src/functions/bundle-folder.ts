import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSync } from "esbuild";

/**
 * Bundles a handler as one minified CommonJS file, `index.cjs`, in a new folder; the caller removes it.
 *
 * @param source The statements that export `handler`; their imports are relative to this folder.
 */
export function writeBundleFolder(source: string): string {
  const folder = mkdtempSync(join(tmpdir(), "bench-bundle-"));
  buildSync({
    stdin: { contents: source, resolveDir: import.meta.dirname, loader: "ts" },
    outfile: join(folder, "index.cjs"),
    bundle: true,
    minify: true,
    format: "cjs",
    platform: "node",
    target: "node24",
    logLevel: "error",
  });
  return folder;
}
