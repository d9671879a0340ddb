import { createRequire, isBuiltin } from "node:module";
import type { Plugin } from "esbuild";

const require = createRequire(import.meta.url);
const namespace = "loaded-when-used";

/**
 * Has a CommonJS bundle load modules that it does not hold no sooner than something of them is used, where
 * `import` in the sources would load them at the start.
 *
 * @param names as in `node:zlib` and `acorn`
 */
export function loadedWhenUsed(names: readonly string[]): Plugin {
  return {
    name: namespace,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path, namespace: importer }) => {
        const name = isBuiltin(path) && !path.startsWith("node:") ? `node:${path}` : path;
        if (importer === namespace || !names.includes(name)) return undefined;
        return { path: name, namespace };
      });
      onLoad({ filter: /.*/, namespace }, ({ path }) => ({ contents: gettersOf(path) }));
    },
  };
}

/** A CommonJS module with the same exports. */
function gettersOf(name: string): string {
  const exported = Object.keys(require(name) as object);
  const getters = exported.map((key) => `  get ${key}() { return load().${key}; },`);
  return [
    `const load = () => require(${JSON.stringify(name)});`,
    "module.exports = {",
    ...getters,
    "};",
  ].join("\n");
}
