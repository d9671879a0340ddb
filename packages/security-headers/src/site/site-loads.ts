import { mediaTypeOf } from "cf-site-files";
import type { ReadSiteOptions, SiteFiles } from "./analyze-site.ts";
import { pageLoads } from "./page-loads.ts";
import { pageText } from "./page-text.ts";
import { scriptLoads } from "./script-loads.ts";
import type { SiteLoad } from "./site-load.ts";
import { styleLoads } from "./style-loads.ts";

/** Something that a file of a site loads. */
export interface PlacedLoad extends SiteLoad {
  /** As in `/assets/index.js`. */
  readonly path: string;
  readonly isPage: boolean;
}

/** Returns what the pages, scripts and style sheets of a built site load, as far as their text says. */
export function siteLoads(
  files: SiteFiles,
  { contentTypes }: ReadSiteOptions = {},
): readonly PlacedLoad[] {
  return Object.entries(files).flatMap(([path, content]) => {
    const read = readers[mediaTypeOf(path.slice(1), contentTypes)];
    if (read === undefined) return [];
    const isPage = read === pageLoads;
    return read(pageText(content).html).map((load) => ({ ...load, path, isPage }));
  });
}

const readers: Readonly<Record<string, (text: string) => readonly SiteLoad[]>> = {
  "text/html": pageLoads,
  "text/css": (text) => styleLoads(text),
  "text/javascript": (text) => scriptLoads(text, pageLoads),
  "application/javascript": (text) => scriptLoads(text, pageLoads),
};
