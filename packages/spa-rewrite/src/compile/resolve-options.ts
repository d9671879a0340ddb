import { isTextList, optionChecks } from "option-checks";
import type {
  ResolvedSpaApp,
  ResolvedSpaRewriteOptions,
  SpaApp,
  SpaRewriteOptions,
} from "./spa-rewrite-options.ts";
import type { FilesAtSynth } from "../edge/compiled-spa-rewrite.ts";
import { SpaRewriteOptionsError } from "../spa-rewrite-options-error.ts";

const { invalidType, invalidValue, mistake, refuseOtherThan, refuseUnknownKeys } =
  optionChecks(SpaRewriteOptionsError);
const optionNames = [
  "routes",
  "document",
  "mode",
  "apps",
  "locales",
  "dottedPaths",
  "exclude",
  "dotFiles",
  "siteFiles",
  "cleanUrls",
  "pages",
  "trailingSlash",
  "trailingSlashBy",
  "redirectStatus",
  "ignoreCase",
  "logEvery",
];
const appNames = ["prefix", "document", "mode", "routes"];
const filePath = /^(?:\/(?:[\w\-.~!$&'()*+,;=:@]|%[\dA-Fa-f]{2})+)+$/;
const dotSegment = /\/(?:\.|%2e){1,2}(?:\/|$)/i;
const localeSegment = /^[A-Za-z\d](?:[\w-]*[A-Za-z\d])?$/;

/** The options with their defaults, apart from what only the manifest of pages and the handler need. */
export interface ResolvedOptions extends ResolvedSpaRewriteOptions {
  readonly siteFiles: readonly string[] | undefined;
  readonly filesAtSynth: FilesAtSynth;
  readonly cleanUrls: boolean;
  readonly pages: Readonly<Record<string, string>>;
  readonly trailingSlashBy: "redirect" | "rewrite";
  readonly redirectStatus: number;
  readonly logEvery: number;
}

function filesAtSynth(siteFiles: SpaRewriteOptions["siteFiles"], cleanUrls: boolean): FilesAtSynth {
  if (siteFiles !== undefined && siteFiles !== true) return "none";
  if (!cleanUrls) return "plain";
  return siteFiles === true ? "all-pages" : "clean-urls";
}

/**
 * Returns the options with nothing left open.
 *
 * @throws {SpaRewriteOptionsError} when an option is unknown, absent, of the wrong type or not valid.
 */
export function resolveOptions(options: SpaRewriteOptions): ResolvedOptions {
  refuseUnknownKeys("", options, optionNames);
  const { siteFiles, pages = {} } = options;
  const cleanUrls = oneOf("cleanUrls", options.cleanUrls ?? true, [true, false]);
  refuseInvalidPages(pages);
  const locales = strings("locales", options.locales ?? [], 'as in ["de", "pt-BR"]');
  locales.forEach((locale, index) => {
    if (localeSegment.test(locale)) return;
    throw invalidValue(`locales[${index}]`, "is not one segment", locale, 'As in "de" or "pt-BR".');
  });
  return {
    apps: resolveApps(options),
    locales,
    dottedPaths: strings("dottedPaths", options.dottedPaths ?? [], 'as in ["/users/:name"]'),
    exclude: strings("exclude", options.exclude ?? ["/api", "/.well-known"], 'as in ["/api"]'),
    dotFiles: oneOf("dotFiles", options.dotFiles ?? false, [true, false]),
    siteFiles:
      siteFiles === undefined || typeof siteFiles === "boolean"
        ? undefined
        : strings("siteFiles", siteFiles, 'as in ["index.html"], or give true or false'),
    filesAtSynth: filesAtSynth(siteFiles, cleanUrls),
    cleanUrls,
    pages,
    trailingSlash: oneOf("trailingSlash", options.trailingSlash ?? "leave", [
      "leave",
      "add",
      "remove",
    ]),
    trailingSlashBy: oneOf("trailingSlashBy", options.trailingSlashBy ?? "redirect", [
      "redirect",
      "rewrite",
    ]),
    redirectStatus: oneOf("redirectStatus", options.redirectStatus ?? 301, [301, 302, 307, 308]),
    ignoreCase: oneOf("ignoreCase", options.ignoreCase ?? false, [true, false]),
    logEvery: count("logEvery", options.logEvery ?? 0),
  };
}

function resolveApps(options: SpaRewriteOptions): readonly ResolvedSpaApp[] {
  const { routes, apps = [], mode = "routes", document = "/index.html" } = options;
  oneOf("mode", mode, ["routes", "fallback"]);
  const alone = options.apps === undefined && options.pages === undefined && !options.siteFiles;
  if (mode === "fallback" ? routes !== undefined : alone || routes !== undefined) {
    refuseInvalidRoutes(routes, mode);
  }
  const main: ResolvedSpaApp = {
    subject: "",
    prefix: "",
    document: documentOf("document", document),
    mode,
    routes: routes ?? [],
  };
  if (!Array.isArray(apps)) {
    const example = 'as in [{"prefix": "/admin"}]';
    throw invalidType(
      "apps",
      "is not a list of apps",
      apps,
      `Write it in square brackets, ${example}.`,
    );
  }
  const resolved = [...apps.map(resolveApp), main];
  const twice = resolved.find(
    ({ prefix }, index) => resolved.findIndex((each) => each.prefix === prefix) !== index,
  );
  if (twice !== undefined) {
    const subject = twice === main ? "apps" : `${twice.subject}prefix`;
    throw invalidValue(
      subject,
      "names a prefix twice",
      twice.prefix || "/",
      "Give each app its own.",
    );
  }
  return resolved.toSorted((left, right) => right.prefix.length - left.prefix.length);
}

function resolveApp(app: SpaApp, index: number): ResolvedSpaApp {
  const subject = `apps[${index}].`;
  refuseUnknownKeys(`apps[${index}]`, app, appNames);
  const prefix = prefixOf(`${subject}prefix`, app.prefix);
  const { routes, mode = routes === undefined ? "fallback" : "routes" } = app;
  oneOf(`${subject}mode`, mode, ["routes", "fallback"]);
  if (mode === "routes" || routes !== undefined) refuseInvalidRoutes(routes, mode, subject);
  return {
    subject,
    prefix,
    document: documentOf(`${subject}document`, app.document ?? `${prefix}/index.html`),
    mode,
    routes: routes ?? [],
  };
}

function prefixOf(subject: string, value: unknown): string {
  const prefix = typeof value === "string" ? value.replace(/\/\*?$/, "") : "";
  if (!filePath.test(prefix) || dotSegment.test(prefix) || prefix.includes("*")) {
    throw invalidValue(
      subject,
      "is not a path in whole segments",
      value,
      'As in "/admin" or "/admin/*".',
    );
  }
  return prefix;
}

function refuseInvalidRoutes(routes: unknown, mode: string, owner = ""): void {
  const subject = `${owner}routes`;
  if (!Array.isArray(routes) || routes.length === 0) {
    throw invalidType(
      subject,
      "is not a list of routes",
      routes,
      'Give at least one path, as in ["/notes/:id"].',
    );
  }
  if (mode === "fallback") {
    throw invalidValue(
      subject,
      'stands beside the mode "fallback", which serves every navigation',
      routes,
      'Leave it out, or choose the mode "routes".',
    );
  }
}

function documentOf(subject: string, value: unknown): string {
  if (typeof value !== "string") {
    const remedy = 'Give the path of a file, as in "/index.html".';
    throw invalidType(subject, "is not a string", value, remedy);
  }
  if (filePath.test(value) && !dotSegment.test(value) && isDecodable(value)) return value;
  throw mistake(
    "INVALID_DOCUMENT",
    subject,
    "is not the path of a file",
    value,
    'It starts with "/", does not end with it, has no empty, "." or ".." segment, no query string, and is percent-encoded.',
  );
}

function isDecodable(value: string): boolean {
  try {
    return decodeURIComponent(value) !== "";
  } catch {
    return false;
  }
}

function refuseInvalidPages(pages: unknown): void {
  if (pages === null || typeof pages !== "object" || Array.isArray(pages)) {
    throw invalidType("pages", "is not an object", pages, 'As in {"/about": "/about.html"}.');
  }
  for (const [path, file] of Object.entries(pages)) {
    if (path !== "/") documentOf("A path of pages", path.replace(/\/$/, ""));
    documentOf(`pages[${JSON.stringify(path)}]`, file);
  }
}

function strings(subject: string, value: unknown, example: string): readonly string[] {
  if (isTextList(value)) return value;
  throw invalidType(
    subject,
    "is not a list of strings",
    value,
    `Write it in square brackets, ${example}.`,
  );
}

function oneOf<Value>(subject: string, value: Value, allowed: readonly Value[]): Value {
  refuseOtherThan(subject, value, allowed);
  return value;
}

function count(subject: string, value: unknown): number {
  if (typeof value === "number" && Number.isSafeInteger(value) && value >= 0) return value;
  throw invalidValue(subject, "is not a count", value, "Allowed: 0 for never, or a whole number.");
}
