import { createHash } from "node:crypto";
import { type ContentTypeRules, mediaTypeOf } from "cf-site-files";
import { type ExternalScript, type PageAnalysis, analyzePage } from "./analyze-page.ts";
import { isHashSource } from "../csp/mistaken-source.ts";
import { type PageText, pageText } from "./page-text.ts";

/** A built site: contents by path, as in `/index.html`. */
export type SiteFiles = Readonly<Record<string, string | Uint8Array>>;

/** Which files of a built site are pages. */
export interface ReadSiteOptions {
  /**
   * Content-Types by glob, as the site is published with; files of type text/html are its pages.
   * @default - by the names' extensions
   */
  readonly contentTypes?: ContentTypeRules;
}

/** How a built site is read. */
export interface AnalyzeSiteOptions extends ReadSiteOptions {
  /**
   * Whether scripts and module preloads of the site without an `integrity` attribute get one, and
   * modules a link that loads them ahead: the pages of `pages[].html` must then be published in place
   * of those that were given.
   * @default false
   */
  readonly addIntegrity?: boolean;
}

/** A page of a built site. */
export interface SitePage extends PageAnalysis {
  /** As in `/docs/index.html`. */
  readonly path: string;
  /**
   * As it must be published: with integrity attributes where they were asked for. A page that is not
   * UTF-8 never gets them, and stays as its file is.
   */
  readonly html: string;
  /** The hashes of all scripts of the page, inline and by integrity, as they stand in a policy. */
  readonly scriptHashes: readonly string[];
  /**
   * Whether hashes and `'strict-dynamic'` are enough for the page's scripts: each file has its integrity,
   * and each module is loaded ahead by a link. A browser trusts what a module imports only if it did not
   * meet the module in a script tag first.
   */
  readonly allowsStrictDynamic: boolean;
}

/** What a built site needs of its policy. */
export interface SiteAnalysis {
  readonly pages: readonly SitePage[];
  /** One sentence for each thing in a page that a strict policy blocks. */
  readonly warnings: readonly string[];
}

/**
 * Reads the pages of a built site and returns what their policy must allow: the sha256 of each inline
 * script, style element and style attribute, the integrity of each script file, and the origins that
 * the pages name.
 */
export function analyzeSite(files: SiteFiles, options: AnalyzeSiteOptions = {}): SiteAnalysis {
  const pages = Object.entries(files)
    .filter(([path]) => mediaTypeOf(path.slice(1), options.contentTypes) === "text/html")
    .map(([path, content]) => sitePage(path, pageText(content), files, options))
    .toSorted(byPath);
  return { pages, warnings: pages.flatMap(warningsOf) };
}

/** For `toSorted`. */
export function byPath({ path: one }: SitePage, { path: other }: SitePage): number {
  return one < other ? -1 : 1;
}

function sitePage(
  path: string,
  given: PageText,
  files: SiteFiles,
  { addIntegrity = false }: AnalyzeSiteOptions,
): SitePage {
  const before = analyzePage(given.html);
  const html =
    addIntegrity && given.isUtf8
      ? withIntegrity(path, given.html, before.externalScripts, files)
      : given.html;
  return analyzedPage(path, html, html === given.html ? before : analyzePage(html));
}

/** Returns a page of a site. */
export function analyzedPage(path: string, html: string, analysis: PageAnalysis): SitePage {
  return {
    ...analysis,
    path,
    html,
    scriptHashes: [
      ...new Set([
        ...analysis.inlineScriptHashes,
        ...analysis.externalScripts.flatMap(integrityHashes),
      ]),
    ],
    allowsStrictDynamic:
      !analysis.importsInline &&
      analysis.externalScripts.every(
        (script) =>
          integrityHashes(script).length > 0 &&
          (script.kind !== "module" || isPreloaded(script, analysis.externalScripts)),
      ),
  };
}

/** The hashes of a script as a policy has them. Whatever else stands in the attribute, browsers ignore. */
function integrityHashes({ integrity }: ExternalScript): readonly string[] {
  return integrity.map((each) => `'${each.replace(/\?.*$/, "")}'`).filter(isHashSource);
}

function withIntegrity(
  path: string,
  html: string,
  externalScripts: readonly ExternalScript[],
  files: SiteFiles,
): string {
  let written = html;
  // From the end, so that the offsets before it stay true.
  for (const script of externalScripts.toReversed()) {
    const content = siteFile(path, script, files);
    if (content === undefined) continue;
    const integrity = script.integrity.join(" ") || sha384(content);
    if (script.integrity.length === 0) {
      written = inserted(written, script.attributeOffset, ` integrity="${integrity}"`);
    }
    if (script.kind === "module" && !isPreloaded(script, externalScripts)) {
      const link = `<link rel="modulepreload" integrity="${integrity}" href="${escaped(script.src)}">`;
      written = inserted(written, script.tagOffset, link);
    }
  }
  return written;
}

function isPreloaded(module: ExternalScript, all: readonly ExternalScript[]): boolean {
  return all.some(
    ({ kind, src, base, tagOffset }) =>
      kind === "preload" &&
      src === module.src &&
      base === module.base &&
      tagOffset < module.tagOffset,
  );
}

function inserted(text: string, offset: number, insertion: string): string {
  return text.slice(0, offset) + insertion + text.slice(offset);
}

function sha384(content: string | Uint8Array): string {
  return `sha384-${createHash("sha384").update(content).digest("base64")}`;
}

function escaped(attribute: string): string {
  return attribute.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}

function siteFile(path: string, script: ExternalScript, files: SiteFiles) {
  const site = "https://site.invalid";
  const page = `${site}${path}`;
  const url = URL.parse(script.src, URL.parse(script.base ?? "", page)?.href ?? page);
  if (url?.origin !== site) return undefined;
  const key = decodedPath(url.pathname);
  return Object.hasOwn(files, key) ? files[key] : undefined;
}

function decodedPath(pathname: string): string {
  try {
    return decodeURIComponent(pathname);
  } catch {
    return pathname;
  }
}

function warningsOf(page: SitePage): readonly string[] {
  return [
    ...page.inlineHandlers.map(
      ({ attribute, line }) =>
        `${page.path}:${line} has code in the attribute ${attribute}, which the policy blocks. Move it into a script.`,
    ),
    ...page.externalScripts
      .filter((script) => script.integrity.length === 0)
      .map(
        ({ src, line }) =>
          `${page.path}:${line} loads ${JSON.stringify(src)} without an integrity attribute, so its policy needs an origin instead of a hash.`,
      ),
  ];
}
