import { copyFileSync, mkdirSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import type { LeftOutFile, SiteFile } from "cf-site-files";
import type { EdgeFunctionConfig, ResolvedEdgeConfig } from "../config/edge-config.ts";
import { refuseInvalidFunctionConfig } from "../config/refuse-invalid-edge-config.ts";
import type { ErrorPageConfig } from "../config/error-page-config.ts";
import { errorPagesOf } from "./error-pages.ts";
import { compilePlainOptions, optionsWithSiteFiles } from "./function-options.ts";
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

/** What a site is prepared of. */
export type SiteToPrepare = Pick<
  ResolvedEdgeConfig,
  | "siteFolder"
  | "siteFiles"
  | "contentTypes"
  | "functions"
  | "notFoundPage"
  | "errorPages"
  | "behaviors"
>;

/** From where, and whereto. */
export interface PrepareSiteOptions {
  /** Absolute path of edge.config.ts, or of another file: folders and packages are found from there. */
  readonly configFile: string;
  /**
   * What messages call the place of the configuration.
   * @default - the name of the file
   */
  readonly source?: string;
  /** Absolute path at which a copy of the site is written, where its packages may change it. */
  readonly copyFolder: string;
  /** Absolute path at which the copy will be. */
  readonly finalCopyFolder: string;
}

/**
 * Compiles the options that need the built site. Their packages may change it, as by
 * integrity attributes, so they get a copy of its files in the assembly, without links, and the copy is
 * what is deployed: the build's own output stays as the build has left it.
 *
 * @throws {EdgeSiteError} `SITE_NOT_BUILT`, `REFUSED_SITE_FILE`, or `INVALID_CONFIG` when what was compiled is not plain JSON.
 */
export function prepareSite(
  config: SiteToPrepare,
  { configFile, source = basename(configFile), copyFolder, finalCopyFolder }: PrepareSiteOptions,
): PreparedSite {
  const built = builtSiteFolder(config.siteFolder, dirname(configFile));
  const configured = config.functions.map((each, index) => {
    const { package: packageName, config: options } = each;
    const subject = `functions[${index}].config`;
    if (typeof options === "function") return { each, subject, options };
    const plain = { subject: `${source}: ${subject}`, packageName, config: options };
    return { each, subject, options: compilePlainOptions(plain, configFile) };
  });
  const isChanged = configured.some(({ options }) => typeof options === "function");
  const folder = isChanged ? copyFolder : built;
  const { files, leftOut } = siteFiles(built, config.siteFiles);
  if (isChanged) copyFiles(files, folder);
  const keys = files.map(({ key }) => key);
  return {
    folder,
    finalFolder: isChanged ? finalCopyFolder : built,
    leftOut,
    errorPages: errorPagesOf(config, keys),
    functions: configured.map(({ each, subject, options }) => {
      const compiled =
        typeof options === "function"
          ? options(folder, { contentTypes: config.contentTypes })
          : options;
      refuseInvalidFunctionConfig(subject, compiled);
      const ofFunction = {
        subject: `${source}: ${subject}`,
        packageName: each.package,
        config: compiled,
      };
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
