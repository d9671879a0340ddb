import { registerHooks } from "node:module";

const bundled = new URL("bundled-thread-module.ts", import.meta.url).href;

// Threads run what is bundled for the tests, in place of sources that each of them would compile anew.
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === "./thread-module.ts"
      ? { url: bundled, shortCircuit: true }
      : nextResolve(specifier, context),
});
