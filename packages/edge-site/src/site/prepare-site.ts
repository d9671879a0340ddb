import { copyFileSync, mkdirSync } from "node:fs";
import { dirname, join } from "node:path";
import type { LeftOutFile, SiteFile } from "cf-site-files";
import type { EdgeFunctionConfig, ResolvedEdgeConfig } from "../config/edge-config.ts";
import { refuseInvalidFunctionConfig } from "../config/refuse-invalid-edge-config.ts";
import type { ErrorPageConfig } from "../config/error-page-config.ts";
import { errorPagesOf } from "./error-pages.ts";
import { optionsWithSiteFiles } from "./options-with-site-files.ts";
import { compilePlainOptions } from "./compile-plain-options.ts";
import { siteFiles } from "./site-files.ts";
import { builtSiteFolder } from "./site-folder.ts";

/** A function whose options are compiled. */
export type CompiledFunctionConfig = EdgeFunctionConfig & { readonly config: object };

/** The site as it is deployed, and the options that were compiled for it. */
export interface PreparedSite {
  /** Absolute path at which its files are while the assembly is written. */
  readonly folder: string;
  /** Absolute path at which they are afterwards. */
  readonly finalFolder: string;
  /** What is not published. */
  readonly leftOut: readonly LeftOutFile[];
  readonly functions: readonly CompiledFunctionConfig[];
  readonly errorPages: readonly ErrorPageConfig[];
}

/** From where, and whereto. */
export interface PrepareSiteOptions {
  /** Absolute path of edge.config.ts. */
  readonly configFile: string;
  /** Absolute path at which the assembly is written. */
  readonly newFolder: string;
  /** Absolute path at which it will be. */
  readonly assemblyFolder: string;
}

/**
 * Compiles the options that are to be compiled for the built site. Their packages may change it, as by
 * integrity attributes, so they get a copy of its files in the assembly, without links, and the copy is
 * what is deployed: the build's own output stays as the build has left it.
 *
 * @throws {EdgeSiteError} `SITE_NOT_BUILT`, `REFUSED_SITE_FILE`, or `INVALID_CONFIG` when what was compiled is not plain JSON.
 */
export function prepareSite(
  config: ResolvedEdgeConfig,
  { configFile, newFolder, assemblyFolder }: PrepareSiteOptions,
): PreparedSite {
  const built = builtSiteFolder(config.siteFolder, dirname(configFile));
  const configured = config.functions.map((each, index) => {
    const { package: packageName, config: options } = each;
    const subject = `functions[${index}].config`;
    if (typeof options === "function") return { each, subject, options };
    const plain = { subject, packageName, config: options };
    return { each, subject, options: compilePlainOptions(plain, configFile) };
  });
  const isChanged = configured.some(({ options }) => typeof options === "function");
  const folder = isChanged ? preparedFolder(newFolder) : built;
  const { files, leftOut } = siteFiles(built, config.siteFiles);
  if (isChanged) copyFiles(files, folder);
  const keys = files.map(({ key }) => key);
  return {
    folder,
    finalFolder: isChanged ? preparedFolder(assemblyFolder) : built,
    leftOut,
    errorPages: errorPagesOf(config, keys),
    functions: configured.map(({ each, subject, options }) => {
      const compiled =
        typeof options === "function"
          ? options(folder, { contentTypes: config.contentTypes })
          : options;
      refuseInvalidFunctionConfig(subject, compiled);
      const ofFunction = { subject, packageName: each.package, config: compiled };
      return { ...each, config: optionsWithSiteFiles(ofFunction, keys, configFile) };
    }),
  };
}

function copyFiles(files: readonly SiteFile[], folder: string): void {
  for (const { key, file } of files) {
    const copy = join(folder, key);
    mkdirSync(dirname(copy), { recursive: true });
    copyFileSync(file, copy);
  }
}

function preparedFolder(assemblyFolder: string): string {
  return join(assemblyFolder, "site");
}
