/** What becomes of a path without a language. */
export type LocaleMode = "redirect" | "rewrite" | "header";

/** Which languages a site has, and how a viewer gets the right one. */
export interface LocaleOptions {
  /** Language tags (BCP 47), as in `["en", "de", "pt-BR"]`. */
  readonly locales: readonly string[];
  /**
   * For viewers who take none of them.
   * @default - the first of `locales`
   */
  readonly defaultLocale?: string;
  /**
   * `redirect`: a page without a language in its path leads to the one in the viewer's language. `rewrite`: it is
   * served from there under its own path. `header`: the path stays, and the origin reads Accept-Language.
   * @default "redirect"
   */
  readonly mode?: LocaleMode;
  /**
   * What the paths of a locale begin with, as in `{ "pt-BR": "/br" }`. `""` is for the default locale alone.
   * @default - `/` and the locale as it is written in `locales`
   */
  readonly paths?: Readonly<Record<string, string>>;
  /**
   * What the paths of pages for no language begin with, `""` for those without a language. Viewers who take no
   * language of the site, and bots, are served from there.
   * @default - they get the default locale
   */
  readonly xDefault?: string;
  /**
   * The cookie in which the site keeps a viewer's choice, one of `locales`; `false` for none.
   * @default "locale"
   */
  readonly cookie?: string | false;
  /**
   * Path patterns of what has no language, as in a cache behavior.
   * @default ["/api/*", "/.well-known/*"]
   */
  readonly exclude?: readonly string[];
  /**
   * Parts of the User-Agent of programs that are never redirected, without regard to case.
   * @default ["bot", "crawl", "spider", "slurp", "facebookexternalhit", "embedly", "lighthouse"]
   */
  readonly bots?: readonly string[];
  /** @default 302 */
  readonly redirectStatus?: 302 | 303 | 307;
}
