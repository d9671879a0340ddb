import type { CompilerOf } from "cf-types";
import { loadPackageExport, loadSynthExport } from "../artefact/load-package-export.ts";
import type { EdgeFunctionConfig } from "../config/edge-config.ts";
import { EdgeSiteError } from "../edge-site-error.ts";

/** Options, and whose they are. */
export interface OptionsOfFunction {
  /** As in `edge.config.ts: functions[0].config`. */
  readonly subject: string;
  readonly packageName: string;
  readonly config: object;
}

type Compile = (options: object) => object | Extract<EdgeFunctionConfig["config"], Function>;

/**
 * Returns options as their author writes them, compiled by the function that their package names; what compiles them
 * for the site, where that needs the site; options that are compiled already, as they are.
 *
 * @param configFile Absolute path; the package is looked for as if that file imported it.
 * @param isForSite Whether there is a site.
 * @throws {EdgeSiteError} `INVALID_CONFIG` when the package refuses the options.
 */
export function compilePlainOptions(
  options: OptionsOfFunction,
  configFile: string,
  isForSite = true,
): ReturnType<Compile> {
  const { packageName, config } = options;
  const name = compilerOf(packageName, configFile)?.(config, isForSite);
  if (name === undefined) return config;
  const compile = loadPackageExport<Compile>(name, packageName, configFile);
  if (compile === undefined) return config;
  try {
    return compile(config);
  } catch (cause) {
    throw refusedOptions(options, cause);
  }
}

/** What a package lacks is reported where its artefact is read. */
function compilerOf(packageName: string, configFile: string): CompilerOf | undefined {
  try {
    return loadSynthExport("compilerOf", packageName, configFile);
  } catch (cause) {
    if (cause instanceof EdgeSiteError) throw cause;
    return undefined;
  }
}

/**
 * Returns a function's options with what its package makes of the site's files; as they are for a package
 * that does not ask for them.
 *
 * @param siteFiles Relative to the site's folder.
 * @param configFile Absolute path; the package is looked for as if that file imported it.
 * @throws {EdgeSiteError} `INVALID_CONFIG` when the package refuses the options for these files.
 */
export function optionsWithSiteFiles(
  options: OptionsOfFunction,
  siteFiles: readonly string[],
  configFile: string,
): object {
  const { packageName, config } = options;
  try {
    const withSiteFiles = loadSynthExport("withSiteFiles", packageName, configFile);
    return withSiteFiles === undefined ? config : withSiteFiles(config, siteFiles);
  } catch (cause) {
    // What a package lacks is reported where its artefact is read.
    if (cause instanceof Error && "code" in cause && cause.code === "MODULE_NOT_FOUND") {
      return config;
    }
    throw refusedOptions(options, cause);
  }
}

/** Returns what is thrown where a package has refused options: its own sentence, with the place in the configuration. */
function refusedOptions({ subject }: OptionsOfFunction, cause: unknown): unknown {
  const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
  if (cause instanceof EdgeSiteError || typeof code !== "string") return cause;
  return new EdgeSiteError("INVALID_CONFIG", `${subject}: ${(cause as Error).message}`, { cause });
}
