import { likeliest } from "option-checks";
import type { CompiledRule, CompiledSpaRewrite } from "../edge/compiled-spa-rewrite.ts";
import { decodePath } from "../edge/decode-path.ts";
import { dotSegment, excludedPath } from "./path-rules.ts";
import type { ResolvedOptions } from "./resolve-options.ts";
import type { ResolvedSpaRewriteOptions } from "./spa-rewrite-options.ts";
import { SpaRewriteOptionsError } from "../spa-rewrite-options-error.ts";

/** Half of what the package of a viewer-request function may weigh, unpacked (LE-E-02). */
const maxPagesBytes = 524_288;

/**
 * Returns the uri of a file by the decoded path of its page; a path that ends in a slash stands for
 * both spellings. Files that no rule would take for a page need no entry.
 *
 * @throws {SpaRewriteOptionsError} `INVALID_DOCUMENT` when the site does not have a file that an option
 *   names; `TOO_MANY_PAGES` when the table is too large for the function's package.
 */
export function compilePages(
  options: ResolvedOptions,
  rules: readonly CompiledRule[],
  flags: string,
): Readonly<Record<string, string>> {
  const files = options.siteFiles?.map((file) => file.replace(/^\/?/, "/")).toSorted();
  if (files !== undefined) refuseAbsentFiles(options, new Set(files));
  const entries = new Map<string, string>();
  for (const file of (options.cleanUrls && files) || []) addCleanUrls(entries, file);
  for (const [page, file] of Object.entries(options.pages)) {
    const path = decodePath(page);
    entries.delete(path.endsWith("/") ? path.slice(0, -1) : path);
    entries.set(path.endsWith("/") ? path : `${path}/`, file);
  }
  addOwnPaths(entries, files ?? [], options, rules, flags);
  const pages = Object.fromEntries(withoutExcluded([...entries], options, flags));
  refuseTooManyPages(pages);
  return pages;
}

function addCleanUrls(entries: Map<string, string>, file: string): void {
  const page = /^(?<path>.*)(?:\/index|(?<name>\/[^/]+))\.html$/.exec(file)?.groups;
  if (page === undefined) return;
  const path = `${page["path"] ?? ""}${page["name"] ?? ""}`;
  const other = entries.get(`${path}/`);
  // Both exist, about.html and about/index.html: each has the spelling of its own.
  const isFolder = page["name"] === undefined;
  if (other !== undefined) entries.set(path, isFolder ? other : encodeFile(file));
  if (other === undefined || isFolder) entries.set(`${path}/`, encodeFile(file));
}

/**
 * Returns what must stand beside the pages so that rules do not hide files of the site: a file's own path,
 * and its clean URLs, where a rule would serve them another document. With `siteFiles: true`, all clean URLs.
 *
 * @param pages The pages of the options: they come before files.
 * @throws {SpaRewriteOptionsError} as `compilePages`.
 */
export function hiddenPages(
  { rules, flags, pages, options, filesAtSynth }: CompiledSpaRewrite,
  siteFiles: readonly string[],
): Readonly<Record<string, string>> {
  const files = siteFiles.map((file) => `/${file}`).toSorted();
  refuseAbsentFiles({ ...options, pages: {} }, new Set(files), "the site");
  const entries = new Map<string, string>();
  if (filesAtSynth !== "plain") for (const file of files) addCleanUrls(entries, file);
  const cleanUrls = new Set(filesAtSynth === "all-pages" ? entries.keys() : []);
  for (const file of files) entries.set(file, encodeFile(file));
  const patterns = patternsOf(rules, flags);
  const hides = (path: string, file: string): boolean => {
    const index = patterns.findIndex((pattern) => pattern.test(path));
    return index >= 0 && rules[index]?.document !== file;
  };
  const hidden = [...entries].filter(
    ([path, file]) =>
      pages[path] === undefined &&
      pages[`${path}/`] === undefined &&
      (cleanUrls.has(path) ||
        hides(path, file) ||
        (path.length > 1 && hides(path.replace(/\/$/, ""), file))),
  );
  const found = Object.fromEntries(withoutExcluded(hidden, options, flags));
  refuseTooManyPages({ ...pages, ...found }, "set siteFiles to false");
  return found;
}

function patternsOf(rules: readonly CompiledRule[], flags: string): readonly RegExp[] {
  return rules.map(({ path }) => new RegExp(path, flags));
}

/** What exists stays what it is, even where a rule would take its path for a page. */
function addOwnPaths(
  entries: Map<string, string>,
  files: readonly string[],
  options: ResolvedOptions,
  rules: readonly CompiledRule[],
  flags: string,
): void {
  const patterns = patternsOf(rules, flags);
  const documents = options.apps.map(({ document }) => document);
  const known = new Map([
    ...files.map((file) => [file, encodeFile(file)] as const),
    ...[...documents, ...entries.values()].map((uri) => [decodePath(uri), uri] as const),
  ]);
  for (const [path, uri] of known) {
    if (patterns.some((pattern) => pattern.test(path))) entries.set(path, uri);
  }
}

function withoutExcluded(
  entries: readonly (readonly [string, string])[],
  options: ResolvedSpaRewriteOptions,
  flags: string,
): readonly (readonly [string, string])[] {
  const excluded = options.exclude.map((_path, index) => excludedPath(options, index));
  const left = [dotSegment(options), ...excluded].map(
    ({ source }) => new RegExp(`^${source}`, flags),
  );
  return entries.filter(([path]) => !left.some((pattern) => pattern.test(path)));
}

function refuseAbsentFiles(
  options: Pick<ResolvedOptions, "apps" | "pages">,
  files: ReadonlySet<string>,
  whose = "siteFiles",
): void {
  const named = [
    ...options.apps
      .filter(({ mode, routes }) => mode === "fallback" || routes.length > 0)
      .map(({ subject, document }) => [`${subject}document`, document] as const),
    ...Object.entries(options.pages).map(
      ([page, file]) => [`pages[${JSON.stringify(page)}]`, file] as const,
    ),
  ];
  for (const [subject, file] of named) {
    if (files.has(decodeURIComponent(file))) continue;
    const meant = likeliest(file, [...files]);
    const remedy = meant === undefined ? "Build the site first." : `Did you mean ${meant}?`;
    throw new SpaRewriteOptionsError(
      "INVALID_DOCUMENT",
      `${subject} names a file that ${whose} does not have: got ${JSON.stringify(file)}. ${remedy}`,
    );
  }
}

function refuseTooManyPages(
  pages: Readonly<Record<string, string>>,
  remedy = "set cleanUrls to false, or leave files out",
): void {
  // At most three bytes of UTF-8 for each code unit.
  // oxlint-disable-next-line no-control-regex -- ASCII begins with control characters
  const bytes = JSON.stringify(pages).replaceAll(/[^\u0000-\u007f]/g, "---").length;
  if (bytes <= maxPagesBytes) return;
  throw new SpaRewriteOptionsError(
    "TOO_MANY_PAGES",
    `siteFiles has too many pages for a viewer-request function: got ${Object.keys(pages).length} pages, ${bytes} bytes. At most ${maxPagesBytes} bytes fit: ${remedy}.`,
  );
}

/** S3 takes a plus sign for a space. */
function encodeFile(file: string): string {
  return encodeURI(file).replaceAll(/[?#+]/g, encodeURIComponent);
}
