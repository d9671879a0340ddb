import { rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { features, setSourceMapsEnabled } from "node:process";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";

let count = 0;

/**
 * Imports a configuration, whether this version of Node.js reads TypeScript or not.
 *
 * @param configFile Absolute path.
 */
export async function importConfigFile(configFile: string): Promise<object> {
  const isTypeScript = /\.m?ts$/.test(configFile);
  if (!isTypeScript || features.typescript) return import(pathToFileURL(configFile).href);
  count += 1;
  // In the same folder, from which its packages are found, and with a name that was never imported.
  const outfile = join(dirname(configFile), `.edge.config-${process.pid}-${count}.mjs`);
  await build({
    entryPoints: [configFile],
    outfile,
    bundle: true,
    platform: "node",
    format: "esm",
    packages: "external",
    // Errors name the lines of the author's file.
    sourcemap: "inline",
    logLevel: "silent",
  });
  try {
    setSourceMapsEnabled(true);
    return await import(pathToFileURL(outfile).href);
  } finally {
    rmSync(outfile);
  }
}
