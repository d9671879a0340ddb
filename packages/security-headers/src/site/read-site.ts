import { mediaTypeOf } from "cf-site-files";
import { analyzeElements } from "./analyze-page.ts";
import {
  analyzedPage,
  byPath,
  type ReadSiteOptions,
  type SiteFiles,
  type SitePage,
} from "./analyze-site.ts";
import { elementsOf, loadsOfElements, pageLoads } from "./page-loads.ts";
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
  const loads = Object.entries(files).flatMap(([path, content]): readonly PlacedLoad[] => {
    const type = mediaTypeOf(path.slice(1), contentTypes);
    if (type !== "text/html") {
      const found = readers[type]?.(pageText(content).html) ?? [];
      return found.map((load) => ({ ...load, path, isPage: false }));
    }
    const { html } = pageText(content);
    const elements = elementsOf(html);
    pages.push(analyzedPage(path, html, analyzeElements(elements)));
    return loadsOfElements(elements).map((load) => ({ ...load, path, isPage: true }));
  });
  return { pages: pages.toSorted(byPath), loads };
}

const readers: Readonly<Record<string, (text: string) => readonly SiteLoad[]>> = {
  "text/css": (text) => styleLoads(text),
  "text/javascript": (text) => scriptLoads(text, pageLoads),
  "application/javascript": (text) => scriptLoads(text, pageLoads),
};
