import { existsSync } from "node:fs";
import { registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

/**
 * Makes this process see the workspace's own modules as they are now: a function package is imported
 * from its sources instead of its build, and each generation loads the sources anew. What is in
 * node_modules is loaded once.
 *
 * @returns what begins a new generation
 */
export function followSources(): () => void {
  let generation = 0;
  registerHooks({
    resolve(specifier, context, nextResolve) {
      const resolved = nextResolve(specifier, context);
      const url = sourceOf(resolved.url);
      if (!url.startsWith("file:") || url.includes("/node_modules/")) return resolved;
      if (!url.endsWith(".ts")) return resolved;
      return { ...resolved, url: `${url}?generation=${generation}`, format: "module-typescript" };
    },
  });
  return () => {
    generation += 1;
  };
}

/** The source of a module that tsc has built from `src` into `dist`; other modules are themselves. */
function sourceOf(url: string): string {
  const source = url.replace(/\/dist\/([^/]+)\.js$/, "/src/$1.ts");
  return source !== url && existsSync(fileURLToPath(source)) ? source : url;
}
