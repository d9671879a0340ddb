import type { CompilerOf } from "cf-types";
import { loadPackageExport } from "../artefact/load-package-export.ts";
import type { EdgeFunctionConfig } from "../config/edge-config.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { type OptionsOfFunction, refusedOptions } from "./options-of-function.ts";

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
  const compile = loadPackageExport<Compile>({ packageName, name }, configFile);
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
    const name = "compilerOf";
    return loadPackageExport<CompilerOf>(
      { packageName, entry: "synth-check", name, isOptional: true },
      configFile,
    );
  } catch (cause) {
    if (cause instanceof EdgeSiteError) throw cause;
    return undefined;
  }
}
