import { pathPatternSource } from "cf-rules";
import { isObject, isTextList } from "option-checks";
import type { CompiledLocale } from "../edge/compiled-locale.ts";
import { checks } from "../locale-options-error.ts";
import { languageTable } from "./language-table.ts";
import type { LocaleOptions } from "./locale-options.ts";

const optionNames = [
  "locales",
  "defaultLocale",
  "mode",
  "paths",
  "xDefault",
  "cookie",
  "exclude",
  "bots",
  "redirectStatus",
] as const satisfies readonly (keyof LocaleOptions)[];

const knownBots = [
  "bot",
  "crawl",
  "spider",
  "slurp",
  "facebookexternalhit",
  "embedly",
  "lighthouse",
];

/**
 * Returns the options in the form that the handlers take.
 *
 * @throws {LocaleOptionsError} when an option is unknown, of the wrong type or not valid.
 */
export function compileLocale(options: LocaleOptions): CompiledLocale {
  checks.refuseUnknownKeys("", options, optionNames);
  const { mode = "redirect", redirectStatus = 302 } = options;
  const { exclude = ["/api/*", "/.well-known/*"] } = options;
  const locales = readLocales(options.locales);
  const byDefault = defaultIndex(options, locales);
  const paths = readPaths(options, byDefault);
  const xDefault = readXDefault(options, paths);
  checks.refuseOtherThan("mode", mode, ["redirect", "rewrite", "header"]);
  checks.refuseOtherThan("redirectStatus", redirectStatus, [302, 303, 307]);
  const cookie = readCookie(options.cookie ?? "locale");
  const vary = cookie === "" ? "Accept-Language" : "Accept-Language, Cookie";
  const bots = readTexts("bots", options.bots ?? knownBots, /^[ -~]+$/, '["bot", "crawl"]');
  const excluded = readTexts("exclude", exclude, /^/, '["/api/*"]');
  for (const [index, each] of excluded.entries()) {
    checks.refuseInvalidPathPattern(`exclude[${index}]`, each);
  }
  return {
    mode,
    locales,
    byDefault,
    paths,
    xDefault,
    ...prefixTable(paths, xDefault),
    localeOfRange: languageTable(locales),
    cookie,
    exclude: excluded.map(pathPatternSource),
    excludePatterns: excluded,
    bots: bots.map(literal).join("|"),
    redirectStatus: String(redirectStatus),
    redirectHeaders: {
      "cache-control": [{ key: "Cache-Control", value: "private, no-store" }],
      vary: [{ key: "Vary", value: vary }],
    },
    vary,
  };
}

/** Which locale's a path is by its beginning; -1 is `xDefault`. */
function prefixTable(
  paths: readonly string[],
  xDefault: string | null,
): Pick<CompiledLocale, "prefix" | "localeOfPath"> {
  const prefixes = [
    ...paths.map((path, index) => [path, index] as const),
    ...(xDefault === null ? [] : [[xDefault, -1] as const]),
  ]
    .filter(([path]) => path !== "")
    // The longest first: one may begin with another.
    .toSorted(([one], [other]) => other.length - one.length);
  const alternatives = prefixes.map(([path]) => literal(path)).join("|");
  return {
    prefix: prefixes.length === 0 ? "(?!)" : `^(?:${alternatives})(?=/|$)`,
    localeOfPath: Object.fromEntries(
      prefixes.map(([path, index]) => [path.toLowerCase(), index]).toReversed(),
    ),
  };
}

function literal(text: string): string {
  return text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);
}

function readLocales(given: unknown): readonly string[] {
  if (!isTextList(given) || given.length === 0) {
    const remedy = 'Give language tags, as in ["en", "de", "pt-BR"].';
    throw checks.invalidType("locales", "is not a list of languages", given, remedy);
  }
  const locales = given.map((tag, index) => canonicalTag(`locales[${index}]`, tag));
  const repeated = locales.findIndex((tag, index) => locales.indexOf(tag) !== index);
  if (repeated === -1) return locales;
  const subject = `locales[${repeated}]`;
  const problem = "is the language of another one";
  throw checks.mistake("INVALID_LOCALE", subject, problem, given[repeated], "Leave it out.");
}

function canonicalTag(subject: string, tag: string): string {
  try {
    const [canonical] = Intl.getCanonicalLocales(tag);
    if (canonical !== undefined) return canonical;
  } catch {
    // Refused below, as what names no language.
  }
  const remedy = 'Give a language tag with hyphens (BCP 47), as in "de" or "pt-BR".';
  throw checks.mistake("INVALID_LOCALE", subject, "is not a language tag", tag, remedy);
}

/** As it is written in `locales`, or in its canonical spelling. */
function indexOf(name: unknown, written: readonly string[], locales: readonly string[]): number {
  const own = written.indexOf(String(name));
  return own === -1 ? locales.indexOf(String(name)) : own;
}

function defaultIndex({ defaultLocale, locales }: LocaleOptions, canonical: readonly string[]) {
  if (defaultLocale === undefined) return 0;
  checks.refuseOtherThan("defaultLocale", defaultLocale, [...new Set([...locales, ...canonical])]);
  return indexOf(defaultLocale, locales, canonical);
}

function readPaths(options: LocaleOptions, byDefault: number): readonly string[] {
  const { locales, paths = {} } = options;
  if (!isObject(paths)) {
    throw checks.invalidType("paths", "is not an object", paths, 'As in {"pt-BR": "/br"}.');
  }
  checks.refuseUnknownKeys("paths", paths, locales);
  const read = locales.map((locale, index) => {
    const { [locale]: path = `/${locale}` } = paths;
    refuseInvalidPrefix(`paths[${JSON.stringify(locale)}]`, path, index === byDefault);
    return path;
  });
  const folded = read.map((path) => path.toLowerCase());
  const repeated = folded.findIndex((path, index) => folded.indexOf(path) !== index);
  if (repeated === -1) return read;
  const subject = `paths[${JSON.stringify(locales[repeated])}]`;
  const remedy = "Give each locale its own: upper and lower case are one.";
  throw checks.mistake(
    "INVALID_PATH",
    subject,
    "is that of another locale",
    read[repeated],
    remedy,
  );
}

function readXDefault({ xDefault }: LocaleOptions, paths: readonly string[]): string | null {
  if (xDefault === undefined) return null;
  refuseInvalidPrefix("xDefault", xDefault, true);
  if (xDefault !== "" || !paths.includes("")) return xDefault;
  const remedy = "Leave it out: the default locale has these paths.";
  throw checks.mistake("INVALID_PATH", "xDefault", "is the path of a locale", xDefault, remedy);
}

function refuseInvalidPrefix(subject: string, path: unknown, mayBeEmpty: boolean): void {
  if (path === "" && mayBeEmpty) return;
  const isPath =
    typeof path === "string" &&
    /^(?:\/[\w.~!$&'()*+,;=:@-]+)+$/.test(path) &&
    !/\/\.{1,2}(?:\/|$)/.test(path);
  if (isPath) return;
  const remedy =
    path === ""
      ? 'Only the default locale may have paths without a prefix: begin with "/", as in "/de".'
      : 'Begin with "/" and do not end with it, as in "/de".';
  throw checks.mistake("INVALID_PATH", subject, "is not the beginning of a path", path, remedy);
}

function readCookie(cookie: unknown): string {
  if (cookie === false) return "";
  if (typeof cookie === "string" && /^[\w!#$%&'*+.^`|~-]+$/.test(cookie)) return cookie;
  const remedy = 'Give a name, as in "locale", or false.';
  throw checks.invalidValue("cookie", "is not the name of a cookie", cookie, remedy);
}

function readTexts(
  subject: string,
  value: unknown,
  allowed: RegExp,
  example: string,
): readonly string[] {
  if (isTextList(value) && value.every((each) => allowed.test(each))) return value;
  const remedy = `Write it in square brackets, as in ${example}.`;
  throw checks.invalidType(subject, "is not a list of texts", value, remedy);
}
