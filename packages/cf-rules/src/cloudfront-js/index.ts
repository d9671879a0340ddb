export type {
  CheckCloudFrontJsOptions,
  CloudFrontJsAbsence,
  CloudFrontJsCheck,
  CloudFrontJsRuntime,
  CloudFrontJsViolation,
} from "./violation.ts";
