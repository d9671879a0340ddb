import { mkdtempSync } from "node:fs";
import { join } from "node:path";
import { buildSync } from "esbuild";

/**
 * Bundles a handler as one minified CommonJS file, `index.cjs`, in a new folder within `root`.
 *
 * @param file The name of the module beside this one that has it, without its ending.
 * @param handler The handler's name, or a call of the function without arguments that makes it.
 */
export function writeBundleFolder(root: string, file: string, handler: string): string {
  const folder = mkdtempSync(join(root, "bundle-"));
  const name = handler.replace("()", "");
  buildSync({
    stdin: {
      contents: `import { ${name} } from "./${file}.ts"; export const handler = ${handler};`,
      resolveDir: import.meta.dirname,
      loader: "ts",
    },
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
