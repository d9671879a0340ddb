import { basename } from "node:path";
import type { WithSiteFiles } from "cf-types";
import { loadPackageExport } from "../artefact/load-package-export.ts";
import { EdgeSiteError } from "../edge-site-error.ts";

/** Compiled options, and whose they are. */
export interface OptionsOfFunction {
  /** As in `functions[0].config`. */
  readonly subject: string;
  readonly packageName: string;
  readonly config: object;
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
  { subject, packageName, config }: OptionsOfFunction,
  siteFiles: readonly string[],
  configFile: string,
): object {
  try {
    const withSiteFiles = loadPackageExport<WithSiteFiles<object>>(
      { packageName, entry: "site-files", name: "withSiteFiles" },
      configFile,
    );
    return withSiteFiles === undefined ? config : withSiteFiles(config, siteFiles);
  } catch (cause) {
    const code = cause instanceof Error && "code" in cause ? cause.code : undefined;
    // What is missing of a package is told where its artefact is read.
    if (code === "MODULE_NOT_FOUND") return config;
    if (cause instanceof EdgeSiteError || typeof code !== "string") throw cause;
    const where = `${basename(configFile)}: ${subject}`;
    throw new EdgeSiteError("INVALID_CONFIG", `${where}: ${(cause as Error).message}`, { cause });
  }
}
