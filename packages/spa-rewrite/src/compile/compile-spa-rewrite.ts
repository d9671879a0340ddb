import { type AppPages, canMeet, guardsOf, readAppPages } from "./app-pages.ts";
import type {
  CompiledRedirect,
  CompiledRule,
  CompiledSpaRewrite,
} from "../edge/compiled-spa-rewrite.ts";
import { compilePages } from "./compile-pages.ts";
import { assetName, fileName, grouped, pathEnd } from "./path-rules.ts";
import { type ResolvedOptions, resolveOptions } from "./resolve-options.ts";
import type { SpaRewriteOptions } from "./spa-rewrite-options.ts";

// What a Location can hold as it is, in segments that are not empty: "//" would begin a host.
const location = String.raw`((?:/[\w\-.~!$&'()*+,;=:@%]+)+)`;
const query = String.raw`(\?[!-~]*)?`;

/**
 * Returns the options in the form that `createSpaRewrite` takes.
 *
 * @throws {SpaRewriteOptionsError} when an option is unknown, absent, of the wrong type or not valid.
 */
export function compileSpaRewrite(options: SpaRewriteOptions): CompiledSpaRewrite {
  const resolved = resolveOptions(options);
  const appPages = resolved.apps.map((app) => readAppPages(app, resolved));
  const rules = appPages.flatMap((each, index) => compileApp(each, index, resolved));
  const flags = resolved.ignoreCase ? "i" : "";
  const { apps, locales, dottedPaths, exclude, dotFiles, trailingSlash, ignoreCase } = resolved;
  const pages = compilePages(resolved, rules, flags);
  const redirect = compileRedirect(resolved);
  return {
    rules,
    flags,
    pages,
    redirect,
    logEvery: resolved.logEvery,
    filesAtSynth: resolved.filesAtSynth,
    options: {
      apps,
      locales,
      dottedPaths,
      exclude,
      dotFiles,
      trailingSlash,
      ignoreCase,
    },
  };
}

function compileApp(
  { app, pages, dotted, automata }: AppPages,
  index: number,
  options: ResolvedOptions,
): readonly CompiledRule[] {
  if (pages.length === 0) return [];
  const { document } = app;
  const asked = app.mode === "routes" ? "any" : "navigation";
  const end = pathEnd(options);
  const file = fileName(options);
  const needed = guardsOf(index, options).filter((guard) => canMeet(automata, guard, options));
  const not = needed.map(({ source }) => `(?!${source})`).join("");
  if (!canMeet(automata, file, options)) {
    return [{ path: `^${not}${grouped(pages)}${end}`, document, asked }];
  }
  // What fails soonest stands first: a path that is no route needs no other test.
  const page = `^(?=${grouped(pages)}${end})${not}`;
  const isNoFile = `(?!${file.source})`;
  if (dotted.length === 0) return [{ path: page + isNoFile, document, asked }];
  const isDotted = `(?=${grouped(dotted)}${end})`;
  const isNoAsset = `(?:${isNoFile}|(?!${assetName(options)})${isDotted})`;
  return [
    { path: page + isNoAsset, document, asked },
    { path: page + isDotted, document, asked: "html" },
  ];
}

function compileRedirect(options: ResolvedOptions): CompiledRedirect | null {
  if (options.trailingSlash === "leave" || options.trailingSlashBy === "rewrite") return null;
  const status = `${options.redirectStatus}`;
  // Bounded, so that a change of mind does not leave viewers in a loop.
  const headers = { "cache-control": [{ value: "max-age=3600" }] };
  return options.trailingSlash === "add"
    ? { from: `^${location}${query}$`, to: "$1/$2", status, headers }
    : { from: `^${location}/${query}$`, to: "$1$2", status, headers };
}
