import type { WithSiteFiles } from "cf-types";
import { loadPackageExport } from "../artefact/load-package-export.ts";
import { type OptionsOfFunction, refusedOptions } from "./options-of-function.ts";

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
    const withSiteFiles = loadPackageExport<WithSiteFiles<object>>(
      { packageName, entry: "site-files", name: "withSiteFiles" },
      configFile,
    );
    return withSiteFiles === undefined ? config : withSiteFiles(config, siteFiles);
  } catch (cause) {
    // What a package lacks is reported where its artefact is read.
    if (cause instanceof Error && "code" in cause && cause.code === "MODULE_NOT_FOUND") {
      return config;
    }
    throw refusedOptions(options, cause);
  }
}
