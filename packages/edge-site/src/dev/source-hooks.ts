import { existsSync } from "node:fs";
import module from "node:module";
import { fileURLToPath } from "node:url";

/** The workspace's own modules, as a process loads them. */
export interface FollowedSources {
  /** From now on, all are loaded anew. */
  beginGeneration(): void;
  /** Absolute paths of those that were loaded since. */
  modules(): readonly string[];
}

/**
 * Makes this process see the project's own modules as they are now: a function package of a workspace is
 * imported from its sources instead of its build, and each generation loads the sources anew. What is in
 * node_modules is loaded once.
 */
export function followSources(): FollowedSources {
  let generation = 0;
  const modules = new Set<string>();
  // Versions of Node.js without it read no TypeScript either: there are no sources to follow.
  module.registerHooks?.({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const url = sourceOf(resolved.url);
      if (!url.startsWith("file:") || url.includes("/node_modules/")) return resolved;
      const format = sourceFormat(url, resolved.format);
      if (format === undefined) return resolved;
      modules.add(fileURLToPath(url));
      return { ...resolved, url: `${url}?generation=${generation}`, format };
    },
  });
  return {
    beginGeneration: () => {
      generation += 1;
      modules.clear();
    },
    modules: () => [...modules],
  };
}

/** Undefined for what was built, and for what is no module. */
function sourceFormat(url: string, format: string | null | undefined): string | undefined {
  if (/\.m?ts$/.test(url)) return "module-typescript";
  return format === "module" && !url.includes("/dist/") ? format : undefined;
}

/** The source of a module that tsc has built from `src` into `dist`; other modules are themselves. */
function sourceOf(url: string): string {
  const source = url.replace(/\/dist\/(.+)\.js$/, "/src/$1.ts");
  return source !== url && existsSync(fileURLToPath(source)) ? source : url;
}
