import { registerHooks } from "node:module";

const here = new URL("cdk-process-here.ts", import.meta.url).href;

// A command that runs in the tests' process has the CDK CLI run there, too: to load it takes most of its time. Commands
// that are processes of their own start it as one.
registerHooks({
  resolve: (specifier, context, nextResolve) =>
    specifier === "./cdk-process.ts"
      ? { url: here, shortCircuit: true }
      : nextResolve(specifier, context),
});
