import { normalisePath } from "edge-handler";
import type { Clock } from "../edge/secret-redirect-ports.ts";

/** What an analysis may know of the site. */
export interface RedirectSite {
  /**
   * The files, relative to the site's folder, as in `["index.html", "docs/start.html"]`.
   * @default - not known: targets are not looked for
   */
  readonly siteFiles?: readonly string[];
  /**
   * The site's own hosts: a target on one of them is followed.
   * @default []
   */
  readonly siteHosts?: readonly string[];
  /**
   * Whether something else answers a path that is no file, as a route of a single-page app.
   * @default - nothing does
   */
  readonly isRoute?: (path: string) => boolean;
  /**
   * The uri that reaches the function of a request for a path, where others have changed it before: the
   * default root object, or a function on an earlier event.
   * @default - the path
   */
  readonly arrivalOf?: (path: string) => string;
  /**
   * The path that another function redirects a path to that no rule takes.
   * @default - none
   */
  readonly departureOf?: (path: string) => string | undefined;
  /** @default - the machine's clock */
  readonly clock?: Clock;
}

const known = new WeakMap<readonly string[], ReadonlySet<string>>();

/**
 * Returns whether a site has a file for a path.
 *
 * @param path Normalised.
 * @param isWhole Only the very file, not `index.html` in a folder, nor the path with `.html` behind.
 */
export function siteHas(siteFiles: readonly string[], path: string, isWhole = false): boolean {
  const paths = known.get(siteFiles) ?? new Set(siteFiles.map((file) => normalisePath(`/${file}`)));
  known.set(siteFiles, paths);
  if (isWhole) return paths.has(path);
  const bare = path.replace(/\/$/, "");
  return [path, `${bare}/index.html`, `${bare}.html`].some((each) => paths.has(each));
}
