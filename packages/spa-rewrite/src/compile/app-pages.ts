import { type Automaton, automatonOf, haveCommonText } from "../routes/automaton.ts";
import {
  type AppPaths,
  type PathGuard,
  appPaths,
  dotSegment,
  excludedPath,
  prefixedPath,
  withEnd,
} from "./path-rules.ts";
import type { ResolvedOptions } from "./resolve-options.ts";
import type { ResolvedSpaApp } from "./spa-rewrite-options.ts";

/** The pages of one app, and what is known of each; nothing where it is too large to know. */
export interface AppPages extends AppPaths {
  readonly app: ResolvedSpaApp;
  readonly automata: readonly (Automaton | undefined)[];
}

/**
 * Returns the pages of an app.
 *
 * @throws {SpaRewriteOptionsError} as `appPaths` does.
 */
export function readAppPages(app: ResolvedSpaApp, options: ResolvedOptions): AppPages {
  const paths = appPaths(app, options);
  const automata = paths.pages.map((page) =>
    known(automatonOf(withEnd(page, options), options.ignoreCase)),
  );
  return { app, ...paths, automata };
}

/** Returns what takes paths out of an app, whether they are its pages or not. */
export function guardsOf(index: number, options: ResolvedOptions): readonly PathGuard[] {
  const prefix = options.apps[index]?.prefix ?? "";
  return [
    dotSegment(options),
    ...options.exclude.map((_path, each) => excludedPath(options, each)),
    // An app with a longer prefix has its paths for itself, whether they are its routes or not.
    ...options.apps.filter((app) => app.prefix.startsWith(`${prefix}/`)).map(prefixedPath),
  ];
}

/** Returns whether a page can meet a guard: one that none can meet costs nothing at the edge. */
export function canMeet(
  automata: AppPages["automata"],
  guard: PathGuard,
  { ignoreCase }: ResolvedOptions,
): boolean {
  const guarded = known(automatonOf(guard.paths, ignoreCase));
  return automata.some((automaton) => !automaton || !guarded || haveCommonText(automaton, guarded));
}

function known(automaton: ReturnType<typeof automatonOf>): Automaton | undefined {
  return typeof automaton === "object" ? automaton : undefined;
}
