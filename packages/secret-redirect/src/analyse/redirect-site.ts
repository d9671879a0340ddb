import type { Clock } from "../edge/clock.ts";

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
  /** @default - the machine's clock */
  readonly clock?: Clock;
}
