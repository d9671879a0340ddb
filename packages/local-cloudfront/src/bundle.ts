// What the modules hand out that package.json names: the bundle holds it once for all of them.
export * from "./command-line.ts";
export * from "./index.ts";
export { edgeMatchers } from "./testing/edge-matchers.ts";
export { formatTrace } from "./testing/format-trace.ts";
