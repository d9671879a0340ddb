import { registerHooks } from "node:module";

/**
 * Has each import of a module get another one, in this process.
 *
 * @param specifier As importers write it.
 */
export function replaceModule(specifier: string, replacement: URL): void {
  registerHooks({
    resolve: (wanted, context, nextResolve) =>
      wanted === specifier
        ? { url: replacement.href, shortCircuit: true }
        : nextResolve(wanted, context),
  });
}
