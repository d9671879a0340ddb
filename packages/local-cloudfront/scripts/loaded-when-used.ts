import { createRequire, isBuiltin } from "node:module";
import type { Plugin } from "esbuild";

const require = createRequire(import.meta.url);
const namespace = "loaded-when-used";

/**
 * Has a CommonJS bundle load built-in modules of Node.js no sooner than something of them is used, where
 * `import` in the sources would load them at the start.
 *
 * @param names as in `node:zlib`
 */
export function loadedWhenUsed(names: readonly string[]): Plugin {
  return {
    name: namespace,
    setup({ onResolve, onLoad }) {
      onResolve({ filter: /.*/ }, ({ path, namespace: importer }) => {
        const name = path.startsWith("node:") ? path : `node:${path}`;
        if (importer === namespace || !isBuiltin(path) || !names.includes(name)) return undefined;
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
