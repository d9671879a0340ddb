import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

/** The workspace's own modules, as a process loads them. */
export interface FollowedSources {
  /** From now on, all are loaded anew. */
  beginGeneration(): void;
  /** Absolute paths of those that were loaded since. */
  modules(): readonly string[];
}

/**
 * Makes this process see the workspace's own modules as they are now: a function package is imported
 * from its sources instead of its build, and each generation loads the sources anew. What is in
 * node_modules is loaded once.
 */
export function followSources(): FollowedSources {
  let generation = 0;
  const modules = new Set<string>();
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const url = sourceOf(resolved.url);
      if (!url.startsWith("file:") || url.includes("/node_modules/")) return resolved;
      if (!url.endsWith(".ts")) return resolved;
      modules.add(fileURLToPath(url));
      return { ...resolved, url: `${url}?generation=${generation}`, format: "module-typescript" };
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

/** The source of a module that tsc has built from `src` into `dist`; other modules are themselves. */
function sourceOf(url: string): string {
  const source = url.replace(/\/dist\/(.+)\.js$/, "/src/$1.ts");
  return source !== url && existsSync(fileURLToPath(source)) ? source : url;
}
