import { basename } from "node:path";
import type { ResolvedEdgeConfig } from "./edge-config.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { describeSyntaxError } from "./describe-syntax-error.ts";
import { importConfigFile } from "./import-config-file.ts";

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
  return new EdgeSiteError("INVALID_CONFIG", `${whereIn(configFile, cause)}: ${message}`, {
    cause,
  });
}

/** The stack of an error is never shown, but it knows the line at which the file's author can look. */
function whereIn(configFile: string, cause: unknown): string {
  const name = basename(configFile);
  const stack = cause instanceof Error ? (cause.stack ?? "") : "";
  const [, line] = stack.split(`${name}:`);
  const lineNumber = line === undefined ? undefined : /^\d+/.exec(line)?.[0];
  return lineNumber === undefined ? name : `${name}:${lineNumber}`;
}
