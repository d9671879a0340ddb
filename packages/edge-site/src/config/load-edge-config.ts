import { readFileSync, rmSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { features, setSourceMapsEnabled } from "node:process";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import type { ResolvedEdgeConfig } from "./edge-config.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { describeSyntaxError } from "./describe-syntax-error.ts";
import { lineOfSetting } from "./line-of-setting.ts";

/**
 * Returns the `edgeConfig` that a configuration file exports.
 *
 * @param configFile Absolute path.
 * @throws {EdgeSiteError} `INVALID_CONFIG` with the line of the file, when it does not load or an option
 *   is refused, or with what the syntax lacks; `PACKAGE_NOT_BUILT` when a package that it imports is not built.
 */
export async function loadEdgeConfig(configFile: string): Promise<ResolvedEdgeConfig> {
  let module: { readonly edgeConfig?: ResolvedEdgeConfig };
  try {
    module = await importConfigFile(configFile);
  } catch (cause) {
    throw await notLoaded(configFile, cause);
  }
  const { edgeConfig } = module;
  if (edgeConfig === undefined) {
    throw new EdgeSiteError(
      "INVALID_CONFIG",
      `${basename(configFile)} does not export edgeConfig. Write: export const edgeConfig = defineEdgeConfig({ … });`,
    );
  }
  return edgeConfig;
}

let count = 0;

/** Imports a configuration, whether this version of Node.js reads TypeScript or not. */
async function importConfigFile(configFile: string): Promise<object> {
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

async function notLoaded(configFile: string, cause: unknown): Promise<EdgeSiteError> {
  const message = cause instanceof Error ? cause.message : String(cause);
  const unbuilt = /Cannot find module '.*\/([^/]+)\/dist\/[^']*' imported from/.exec(message)?.[1];
  if (unbuilt !== undefined) {
    return new EdgeSiteError(
      "PACKAGE_NOT_BUILT",
      `Package ${JSON.stringify(unbuilt)} is not built: ${basename(configFile)} cannot import it. Run the script "build" of that package.`,
      { cause },
    );
  }
  // What Node.js says of a syntax error names neither file nor line.
  const syntax = await describeSyntaxError(configFile);
  if (syntax !== undefined) return new EdgeSiteError("INVALID_CONFIG", syntax, { cause });
  return new EdgeSiteError("INVALID_CONFIG", `${whereIn(configFile, cause, message)}: ${message}`, {
    cause,
  });
}

/**
 * The stack of an error is never shown, but it knows the line of the call that refuses a setting; the message begins
 * with the setting.
 */
function whereIn(configFile: string, cause: unknown, message: string): string {
  const name = basename(configFile);
  const stack = cause instanceof Error ? (cause.stack ?? "") : "";
  const [, after = ""] = stack.split(`${name}:`);
  const line = Number(/^\d+/.exec(after)?.[0]);
  if (Number.isNaN(line)) return name;
  const [path = ""] = /^[\w$.[\]]+/.exec(message) ?? [];
  return `${name}:${lineOfSetting(readFileSync(configFile, "utf8"), { line }, path) ?? line}`;
}
