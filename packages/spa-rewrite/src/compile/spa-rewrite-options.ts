/** Which paths of an app become its document. */
export type SpaMode =
  /** Only the listed routes; everything else keeps its honest 404. */
  | "routes"
  /** Every navigation that is not a file and not excluded. */
  | "fallback";

/** What is done about a slash at the end of a page's path. */
export type TrailingSlash = "leave" | "add" | "remove";

/** An app of its own under a prefix, as in `/admin/*` -> `/admin/index.html`. */
export interface SpaApp {
  /** A path in whole segments: `/admin`, or `/admin/*` for the same. The longest prefix wins. */
  readonly prefix: string;
  /**
   * The path of the file that the app's pages are served.
   * @default - `index.html` under the prefix.
   */
  readonly document?: string;
  /** @default - `"routes"` where the app has routes, else `"fallback"`. */
  readonly mode?: SpaMode;
  /**
   * The app's routes as whole paths: each begins with the prefix.
   * @default []
   */
  readonly routes?: readonly string[];
}

/** Which paths are routes of the site's apps, and what they are served. */
export interface SpaRewriteOptions {
  /**
   * The paths of the app, in the syntax of a URLPattern pathname: `/about`, `/notes/:id`,
   * `/notes/:id(\\d+)/edit`, `/docs/*`, `{/:lang}?/about`. A route matches the whole path. Required in
   * mode `routes`, unless there are `apps`, `pages` or `siteFiles`.
   *
   * @default []
   * @see https://developer.mozilla.org/docs/Web/API/URL_Pattern_API
   */
  readonly routes?: readonly string[];
  /**
   * The path of the file that the app's pages are served.
   * @default "/index.html"
   */
  readonly document?: string;
  /** @default "routes" */
  readonly mode?: SpaMode;
  /**
   * Further apps, each under a prefix of its own.
   * @default []
   */
  readonly apps?: readonly SpaApp[];
  /**
   * First segments that any route may have before it: with `["de", "pt-BR"]`, `/about` is also
   * `/de/about` and `/pt-BR/about`.
   * @default []
   */
  readonly locales?: readonly string[];
  /**
   * Paths, as URLPattern pathnames, whose last segment may have a dot without being a file's name:
   * `/users/:name` for `/users/jane.doe`, `/@:user/*`. A route that names a dot itself needs no entry.
   * @default []
   */
  readonly dottedPaths?: readonly string[];
  /**
   * Paths, as URLPattern pathnames, that are left to the origin with all that is below them.
   * @default ["/api", "/.well-known"]
   */
  readonly exclude?: readonly string[];
  /**
   * Whether a path with a segment that begins with a dot, such as `/.env`, can be a page.
   * @default false
   */
  readonly dotFiles?: boolean;
  /**
   * The files of the built site, as in `["index.html", "docs/index.html", "assets/app.js"]`: what
   * exists is then served as it is, a page at its clean URL, and documents that are absent are refused.
   * `true`: a CDK app that knows them adds all pages at synth, as a site of pages alone needs them. `false`:
   * nothing is known of the site, not at synth either.
   *
   * @default - a CDK app that knows them adds at synth those that the rewrite would hide, and refuses
   *   documents that are absent.
   */
  readonly siteFiles?: readonly string[] | boolean;
  /**
   * Whether the HTML of `siteFiles` is served at clean URLs: `/docs` and `/docs/` for
   * `docs/index.html`, `/about` for `about.html`.
   * @default true
   */
  readonly cleanUrls?: boolean;
  /**
   * Pre-rendered pages: the path of a file by the path of the page, as in `{"/about": "/about.html"}`.
   * @default {}
   */
  readonly pages?: Readonly<Record<string, string>>;
  /**
   * Whether a page's path ends in a slash: `add` and `remove` take both spellings for the same page.
   * @default "leave"
   */
  readonly trailingSlash?: TrailingSlash;
  /**
   * How a page is reached at its other spelling: with a response that names the right one, or as it is.
   * @default "redirect"
   */
  readonly trailingSlashBy?: "redirect" | "rewrite";
  /**
   * The status of that response.
   * @default 301
   */
  readonly redirectStatus?: 301 | 302 | 307 | 308;
  /**
   * Whether routes, prefixes, exclusions and dotted paths match in any case, as they do in React
   * Router and Vue Router. Pages do not: the names of files have a case.
   * @default false
   */
  readonly ignoreCase?: boolean;
  /**
   * Logs one of so many decisions of an execution environment, beginning with the first, as one line
   * of JSON. 0 logs nothing.
   * @default 0
   */
  readonly logEvery?: number;
}

/** An app with nothing left open. */
export interface ResolvedSpaApp extends Required<SpaApp> {
  /** How an error or an explanation names its options: `""`, or as in `apps[0].`. */
  readonly subject: string;
}

/** What explains a decision: the options with nothing left open, without the files. */
export interface ResolvedSpaRewriteOptions extends Required<
  Pick<
    SpaRewriteOptions,
    "locales" | "dottedPaths" | "exclude" | "dotFiles" | "trailingSlash" | "ignoreCase"
  >
> {
  /** The longest prefix first; the prefix of the site's own app is empty. */
  readonly apps: readonly ResolvedSpaApp[];
}
