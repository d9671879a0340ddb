import { readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import {
  type AnalyzeSiteOptions,
  type SiteAnalysis,
  type SiteFiles,
  analyzeSite,
} from "./analyze-site.ts";
import { pageText } from "./page-text.ts";

/** Reads the files of a built site, with keys as in `/assets/index.js`. */
export function readSiteFiles(folder: string): SiteFiles {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
  return Object.fromEntries(
    files.map((file) => [
      `/${file.slice(join(folder, "x").length - 1).replaceAll(sep, "/")}`,
      readFileSync(file),
    ]),
  );
}

/** Reads a built site and returns what its policy must allow; as `analyzeSite`. */
export function analyzeSiteFolder(folder: string, options?: AnalyzeSiteOptions): SiteAnalysis {
  return analyzeSite(readSiteFiles(folder), options);
}

/**
 * Gives the scripts in the pages of a built site their `integrity` attributes, in place. What has one
 * keeps it, so running it twice changes nothing. Pages that are not UTF-8 are left as they are.
 *
 * @returns The paths of the pages that were changed.
 */
export function writeIntegrity(folder: string): readonly string[] {
  const files = readSiteFiles(folder);
  const changed = analyzeSite(files, { addIntegrity: true }).pages.filter(
    ({ path, html }) => pageText(files[path] as Uint8Array).html !== html,
  );
  for (const { path, html } of changed) writeFileSync(join(folder, path), html);
  return changed.map(({ path }) => path);
}
