import { automatonOf, haveCommonText } from "./automaton.ts";
import type { CompiledRedirect, CompiledRule, CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";
import { compilePages } from "./compile-pages.ts";
import type { PathExpression } from "./path-expression.ts";
import {
  type PathGuard,
  appPaths,
  assetName,
  dotSegment,
  excludedPath,
  fileName,
  grouped,
  pathEnd,
  prefixedPath,
  withEnd,
} from "./path-rules.ts";
import { type ResolvedOptions, resolveOptions } from "./resolve-options.ts";
import type { ResolvedSpaApp, SpaRewriteOptions } from "./spa-rewrite-options.ts";

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
  const rules = resolved.apps.flatMap((app, index) => compileApp(app, index, resolved));
  const flags = resolved.ignoreCase ? "i" : "";
  const { apps, locales, dottedPaths, exclude, dotFiles, trailingSlash, ignoreCase } = resolved;
  return {
    rules,
    flags,
    pages: compilePages(resolved, rules, flags),
    redirect: compileRedirect(resolved),
    logEvery: resolved.logEvery,
    options: { apps, locales, dottedPaths, exclude, dotFiles, trailingSlash, ignoreCase },
  };
}

function compileApp(
  app: ResolvedSpaApp,
  index: number,
  options: ResolvedOptions,
): readonly CompiledRule[] {
  if (app.mode === "routes" && app.routes.length === 0) return [];
  const { document } = app;
  const asked = app.mode === "routes" ? "any" : "navigation";
  const { pages, dotted } = appPaths(app, options);
  const end = pathEnd(options);
  const file = fileName(options);
  const needed = guardsOf(index, options).filter((guard) => canMeet(pages, guard, options));
  const not = needed.map(({ source }) => `(?!${source})`).join("");
  if (!canMeet(pages, file, options)) {
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

function guardsOf(index: number, options: ResolvedOptions): readonly PathGuard[] {
  const prefix = options.apps[index]?.prefix ?? "";
  return [
    dotSegment(options),
    ...options.exclude.map((_path, each) => excludedPath(options, each)),
    // An app with a longer prefix has its paths for itself, whether they are its routes or not.
    ...options.apps.filter((app) => app.prefix.startsWith(`${prefix}/`)).map(prefixedPath),
  ];
}

/** A guard that no page can meet costs nothing at the edge. */
function canMeet(
  pages: readonly PathExpression[],
  guard: PathGuard,
  options: ResolvedOptions,
): boolean {
  const guarded = automatonOf(guard.paths, options.ignoreCase);
  return pages.some((page) => {
    const automaton = automatonOf(withEnd(page, options), options.ignoreCase);
    // Where something has no automaton, nothing is known of it.
    const isKnown = typeof automaton === "object" && typeof guarded === "object";
    return !isKnown || haveCommonText(automaton, guarded);
  });
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
