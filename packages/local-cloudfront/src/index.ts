export type { Clock, AdjustableClock } from "./clock.ts";
export {
  KeyValueStore,
  type KeyValuePair,
  type KeyValueStoreMeta,
  type KeyValueStoreOptions,
} from "./cloudfront-function/key-value-store.ts";
export {
  testFunction,
  type TestFunctionOptions,
  type TestFunctionResult,
} from "./cloudfront-function/test-function.ts";
export type { CacheKeyComponent } from "./cache/cache-key.ts";
export type { CacheLifetime } from "./cache/cache-lifetime.ts";
export type {
  CacheBehavior,
  CustomErrorResponse,
  Distribution,
  TemplateWarning,
} from "./distribution/distribution.ts";
export type { WatchedPaths } from "./resolve/load-distribution.ts";
export type { ChangedFunction, ReloadPlan } from "./distribution/plan-reload.ts";
export type {
  CloudFrontFunctionAssociation,
  CloudFrontFunctionResource,
  KeyValueStoreResource,
} from "./distribution/cloudfront-functions.ts";
export type { EdgeFunction, FunctionAssociation } from "./distribution/edge-functions.ts";
export type { FidelityChoices } from "./edge-location/fidelity-choices.ts";
export type { PlainStep } from "./edge-location/request-record.ts";
export type { DetailedResultType, ResultType } from "./edge-location/result-type.ts";
export type { FunctionIsolation } from "./lambda-edge/thread/start-environment.ts";
export type { FunctionLimits } from "./lambda-edge/function-limits.ts";
export type {
  AnyFunctionFailure as FunctionFailure,
  AnyFunctionRun as FunctionRun,
  CacheBehaviorStep,
  CacheFoundStep,
  CacheMissedStep,
  CacheStoredStep,
  FunctionStep,
  PolicyStep,
  TracedMember,
  OriginInvocationTrace,
  OriginStep,
  Trace,
  TracedEvent,
  TracedFunction,
  TracedHeaders,
  TracedRequest,
  TracedResponse,
  TracedViewerRequest,
  TraceStep,
} from "./trace/trace.ts";
export type {
  CacheKeySource,
  TracedCacheKey,
  TracedCacheKeyComponent,
} from "./trace/traced-cache-key.ts";
export { traceOf } from "./trace/trace-of.ts";
export type { TracedChange } from "./trace/traced-change.ts";
export type { PolicyViolation } from "./policy-reports/policy-violation.ts";
export type { ViewerProfile } from "./edge-location/request/viewer-profile.ts";
export { LocalCloudFront, type LocalFetchInit } from "./local-cloudfront.ts";
export { LocalCloudFrontError } from "./local-cloudfront-error.ts";
export type { LocalCloudFrontOptions } from "./local-cloudfront-options.ts";
export type { DebuggerAddress } from "./start/open-debugger.ts";
