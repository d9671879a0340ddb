import { readFileSync, realpathSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mediaTypeOf, openSiteFolder } from "cf-site-files";
import {
  type AnalyzeSiteOptions,
  type ReadSiteOptions,
  type SiteAnalysis,
  type SiteFiles,
  analyzeSite,
} from "./analyze-site.ts";
import { pageText } from "./page-text.ts";

/** No page, script or style sheet is larger. */
const maxReadBytes = 64 * 1024 * 1024;
const mediaTypes = /^(?:image\/(?!svg)|audio\/|video\/|font\/)/;

/**
 * Reads the files of a built site, with keys as in `/assets/index.js`: those that a policy may be made of.
 * Pictures, sounds, films, fonts and files of more than 64 MiB are left out.
 *
 * @param names Relative to the folder; by default all that cf-site-files lists.
 * @throws {SiteFilesError} When a link in the folder leads out of it.
 */
export function readSiteFiles(
  folder: string,
  names: readonly string[] = openSiteFolder(folder)
    .list()
    .files.map(({ key }) => key),
): SiteFiles {
  const read = names.filter(
    (name) =>
      !mediaTypes.test(mediaTypeOf(name)) && statSync(join(folder, name)).size <= maxReadBytes,
  );
  return Object.fromEntries(read.map((name) => [`/${name}`, readFileSync(join(folder, name))]));
}

/**
 * Reads a built site and returns what its policy must allow; as `analyzeSite`.
 *
 * @throws {SiteFilesError} When a link in the folder leads out of it.
 */
export function analyzeSiteFolder(folder: string, options?: AnalyzeSiteOptions): SiteAnalysis {
  return analyzeSite(readSiteFiles(folder), options);
}

/**
 * Gives the scripts in the pages of a built site their `integrity` attributes, in place. What has one
 * keeps it, so running it twice changes nothing. Pages that are not UTF-8 are left as they are.
 *
 * @param names Relative to the folder; by default all that cf-site-files lists.
 * @returns The paths of the pages that were changed.
 * @throws {SiteFilesError} When a link in the folder leads out of it; nothing is written then.
 */
export function writeIntegrity(
  folder: string,
  names?: readonly string[],
  options: ReadSiteOptions = {},
): readonly string[] {
  return addIntegrity(folder, names, options).changed;
}

/** Does the same, and returns what the policy of the site must allow then. */
export function addIntegrity(
  folder: string,
  names: readonly string[] | undefined,
  options: ReadSiteOptions,
): { readonly changed: readonly string[]; readonly site: SiteAnalysis } {
  const files = readSiteFiles(folder, names);
  const site = analyzeSite(files, { ...options, addIntegrity: true });
  const changed = site.pages.filter(
    ({ path, html }) => pageText(files[path] as Uint8Array).html !== html,
  );
  // A page that has several names by links is one file.
  const written = new Set<string>();
  for (const { path, html } of changed) {
    const file = realpathSync(join(folder, path));
    if (!written.has(file)) writeFileSync(file, html);
    written.add(file);
  }
  return {
    changed: changed.map(({ path }) => path),
    site:
      written.size === changed.length ? site : analyzeSite(readSiteFiles(folder, names), options),
  };
}
