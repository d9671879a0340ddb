import type { SiteAnalysis } from "./analyze-site.ts";
import type { PathOverrideOptions } from "../options.ts";

/**
 * Returns a path override for each page of a site, so that its policy has the hashes of that page and
 * no other. A page is found at its file's path, and an `index.html` at its folder's too.
 */
export function pagePathOverrides({
  pages,
}: Pick<SiteAnalysis, "pages">): readonly PathOverrideOptions[] {
  return pages.flatMap((page) => {
    const paths = page.path.endsWith("/index.html")
      ? [page.path, page.path.slice(0, -"index.html".length)]
      : [page.path];
    return paths
      .filter((path) => !/[*?]/.test(path))
      .map((pathPattern) => ({ pathPattern, site: { pages: [page] } }));
  });
}
