import { mediaTypeOf } from "cf-site-files";
import { readPage } from "./analyze-page.ts";
import {
  analyzedPage,
  byPath,
  type ReadSiteOptions,
  type SiteFiles,
  type SitePage,
} from "./analyze-site.ts";
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

/** A built site that was read once for both. */
export interface SiteReading {
  /** As `analyzeSite` returns them. */
  readonly pages: readonly SitePage[];
  /** What the pages, scripts and style sheets load, as far as their text says. */
  readonly loads: readonly PlacedLoad[];
}

/** Reads the pages, scripts and style sheets of a built site. */
export function readSite(files: SiteFiles, { contentTypes }: ReadSiteOptions = {}): SiteReading {
  const pages: SitePage[] = [];
  const loads: PlacedLoad[] = [];
  for (const [path, content] of Object.entries(files)) {
    const type = mediaTypeOf(path.slice(1), contentTypes);
    const isPage = type === "text/html";
    if (!isPage && readers[type] === undefined) continue;
    const text = pageText(content).html;
    const page = isPage ? readPage(text) : undefined;
    if (page !== undefined) pages.push(analyzedPage(path, text, page.analysis));
    const found = page?.loads ?? readers[type]?.(text) ?? [];
    loads.push(...found.map((load) => ({ ...load, path, isPage })));
  }
  return { pages: pages.toSorted(byPath), loads };
}

const readers: Readonly<Record<string, (text: string) => readonly SiteLoad[]>> = {
  "text/css": (text) => styleLoads(text),
  "text/javascript": (text) => scriptLoads(text, pageLoads),
  "application/javascript": (text) => scriptLoads(text, pageLoads),
};
