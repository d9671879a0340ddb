export { builtIns, runtimeModules } from "./built-ins.ts";
export type { BuiltIns } from "./built-ins.ts";
export { checkCloudFrontJs } from "./check-cloudfront-js.ts";
export { parseCloudFrontJs } from "./parse-cloudfront-js.ts";
export type { ParsedCloudFrontJs } from "./parse-cloudfront-js.ts";
export { lineAt } from "./token-text.ts";
export type {
  CheckCloudFrontJsOptions,
  CloudFrontJsAbsence,
  CloudFrontJsCheck,
  CloudFrontJsRuntime,
  CloudFrontJsViolation,
} from "./violation.ts";
