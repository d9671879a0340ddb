export { addEdgeChecks } from "./add-edge-checks.ts";
export { appStacks } from "./app-stacks.ts";
export { EdgeCheckPlugin } from "./edge-check-plugin.ts";
export type { EdgeCheckPluginOptions } from "./edge-check-plugin.ts";
export type { ValidationContext, ValidationReport } from "./validation-report.ts";
