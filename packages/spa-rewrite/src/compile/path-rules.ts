import { backtrackingProblem } from "../routes/backtracking.ts";
import {
  type CharacterSet,
  anyCharacter,
  complementOf,
  setOf,
  unionOf,
} from "../routes/character-set.ts";
import { decodePath } from "../edge/decode-path.ts";
import {
  type PathExpression,
  character,
  choice,
  namesDotInLastSegment,
  printPathExpression,
  repeat,
  sequence,
  text,
} from "../routes/path-expression.ts";
import { printPathTrie } from "../routes/path-trie.ts";
import { routeExpression } from "../routes/route-pattern.ts";
import { SpaRewriteOptionsError } from "../spa-rewrite-options-error.ts";
import type { ResolvedSpaApp, ResolvedSpaRewriteOptions } from "./spa-rewrite-options.ts";

/** What the paths of an app are, before any exception. */
export interface AppPaths {
  readonly pages: readonly PathExpression[];
  /** What may have a dot in its last segment without being a file. */
  readonly dotted: readonly PathExpression[];
}

/** Paths that are no page, whatever else they match. */
export interface PathGuard {
  readonly paths: PathExpression;
  /** The source of a regular expression for the same paths, from their beginning. */
  readonly source: string;
}

/** What pages and scripts are made of: a viewer has to name HTML to get a document instead of these. */
const assetExtensions =
  "c?m?jsx?|c?m?tsx?|css|map|json|wasm|webmanifest|xml|txt|pdf|zip|png|jpe?g|gif|svg|webp|avif|ico|bmp|woff2?|ttf|otf|eot|mp3|mp4|webm|ogg|ogv|wav";
const everything = repeat(character(anyCharacter), 0, Infinity);
const slashes = repeat(text("/"), 0, Infinity);
const below = repeat(sequence([text("/"), everything]), 0, 1);

/** Returns the end of a path under the policy: both spellings, where they are the same page. */
export function pathEnd({ trailingSlash }: ResolvedSpaRewriteOptions): string {
  return trailingSlash === "leave" ? "$" : "/?$";
}

/** Returns the page's paths with that end. */
export function withEnd(
  page: PathExpression,
  { trailingSlash }: ResolvedSpaRewriteOptions,
): PathExpression {
  return trailingSlash === "leave" ? page : sequence([page, repeat(text("/"), 0, 1)]);
}

/** Returns the paths whose last segment names a file: after its last dot there is a letter. */
export function fileName(options: ResolvedSpaRewriteOptions): PathGuard {
  const letters: CharacterSet = [
    [65, 90],
    [97, 122],
  ];
  const separators = [...setOf("."), ...setOf("/")];
  const paths = sequence([
    everything,
    text("."),
    repeat(character(complementOf(unionOf([...separators, ...letters]))), 0, Infinity),
    character(letters),
    repeat(character(complementOf(unionOf(separators))), 0, Infinity),
  ]);
  return wholePath(withEnd(paths, options));
}

/** Returns the source for the path of an asset by its extension, in any case. */
export function assetName(options: ResolvedSpaRewriteOptions): string {
  const extensions = assetExtensions.replaceAll(
    /[a-z]/g,
    (letter) => `[${letter}${letter.toUpperCase()}]`,
  );
  return String.raw`[^]*\.(?:${extensions})${pathEnd(options)}`;
}

/** Returns the paths with a segment that begins with a dot; where dot files are pages, that is `.` or `..`. */
export function dotSegment({ dotFiles }: ResolvedSpaRewriteOptions): PathGuard {
  const dot = sequence([everything, text("/.")]);
  if (dotFiles) return wholePath(sequence([dot, repeat(text("."), 0, 1), below]));
  return { paths: sequence([dot, everything]), source: printPathExpression(dot) };
}

/**
 * Returns one excluded path with all that is below it, however many slashes it begins with.
 *
 * @throws {SpaRewriteOptionsError} `INVALID_ROUTE` when it is not a path.
 */
export function excludedPath(options: ResolvedSpaRewriteOptions, index: number): PathGuard {
  const given = options.exclude[index]?.replace(/\/\*?$/, "");
  const path = routeExpression(given, `exclude[${index}]`, options.ignoreCase);
  const withAllBelow = sequence([path, below]);
  // Where a wildcard already reaches below, nothing is added.
  const problem = backtrackingProblem(withAllBelow, options.ignoreCase);
  return wholePath(sequence([slashes, problem === undefined ? withAllBelow : path]));
}

/** Returns the prefix of an app with all that is below it. */
export function prefixedPath({ prefix }: ResolvedSpaApp): PathGuard {
  return wholePath(sequence([text(decodePath(prefix)), below]));
}

/**
 * Returns what the pages of an app match, and which of them may have a dot.
 *
 * @throws {SpaRewriteOptionsError} `INVALID_ROUTE` when a route or a dotted path is not a path, or when
 *   a route of the app lies outside of its prefix.
 */
export function appPaths(app: ResolvedSpaApp, options: ResolvedSpaRewriteOptions): AppPaths {
  const routes = app.routes.map((_route, index) => appRoute(app, index, options));
  const dotted = options.dottedPaths.map((path, index) =>
    routeExpression(withoutSlash(path, options), `dottedPaths[${index}]`, options.ignoreCase),
  );
  return {
    pages: app.mode === "fallback" ? [prefixedPath(app).paths] : routes,
    dotted: [
      ...dotted.map((path) => withLocales(path, options)),
      ...routes.filter(namesDotInLastSegment),
    ],
  };
}

/**
 * Returns one route of an app, with the locales that may stand before it.
 *
 * @throws {SpaRewriteOptionsError} as `appPaths` does.
 */
export function appRoute(
  app: ResolvedSpaApp,
  index: number,
  options: ResolvedSpaRewriteOptions,
): PathExpression {
  const subject = `${app.subject}routes[${index}]`;
  const route = app.routes[index];
  const path = routeExpression(withoutSlash(route, options), subject, options.ignoreCase);
  const isInside = (each: string): boolean =>
    `${each}/`.startsWith(`${app.prefix}/`) || each.startsWith(`${app.prefix}{/`);
  if (route !== undefined && !isInside(route)) {
    throw new SpaRewriteOptionsError(
      "INVALID_ROUTE",
      `${subject} lies outside of the prefix ${JSON.stringify(app.prefix)}: got ${JSON.stringify(route)}. Begin it with the prefix.`,
    );
  }
  return app.prefix === "" ? withLocales(path, options) : path;
}

/** Returns the source of the regular expression that matches any of them. */
export function grouped(paths: readonly PathExpression[]): string {
  return `(?:${printPathTrie(paths)})`;
}

function wholePath(paths: PathExpression): PathGuard {
  return { paths, source: `${printPathExpression(paths)}$` };
}

function withLocales(path: PathExpression, { locales }: ResolvedSpaRewriteOptions): PathExpression {
  if (locales.length === 0) return path;
  const locale = sequence([text("/"), choice(locales.map(text))]);
  if (printPathExpression(path) === "/") {
    return choice([path, sequence([locale, repeat(path, 0, 1)])]);
  }
  return sequence([repeat(locale, 0, 1), path]);
}

/** Where both spellings are the same page, the slash at the end says nothing. */
function withoutSlash(
  route: string | undefined,
  { trailingSlash }: ResolvedSpaRewriteOptions,
): string | undefined {
  return trailingSlash === "leave" || route === "/" ? route : route?.replace(/([^\\/])\/$/, "$1");
}
