export type { EventBody } from "./body.ts";
export type {
  CloudFrontFunctionBody,
  CloudFrontFunctionContext,
  CloudFrontFunctionEventRequest,
  CloudFrontFunctionEventResponse,
  CloudFrontFunctionRequest,
  CloudFrontFunctionResponse,
  CloudFrontFunctionResponseCookie,
  CloudFrontFunctionResponseCookies,
  CloudFrontFunctionValue,
  CloudFrontFunctionValues,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerRequestHandler,
  CloudFrontFunctionViewerRequestResult,
  CloudFrontFunctionViewerResponseEvent,
  CloudFrontFunctionViewerResponseHandler,
} from "./cloudfront-function-events.ts";
export type { EventConfig } from "./config.ts";
export type {
  CloudFrontFunctionManifest,
  EdgeEngine,
  EdgeFunctionFile,
  EdgeFunctionManifest,
  EdgeFunctionMember,
  EdgeRuntime,
  KeyValue,
  KeyValueConfig,
  KeyValueLimits,
  StoredConfig,
  ViewerEventType,
} from "./edge-function-manifest.ts";
export type { EventType } from "./event-type.ts";
export type {
  EventResponse,
  OriginRequest,
  OriginRequestEvent,
  OriginResponseEvent,
  ViewerEventResponse,
  ViewerRequest,
  ViewerRequestEvent,
  ViewerResponseEvent,
} from "./events.ts";
export type {
  OriginRequestHandler,
  OriginResponseHandler,
  ViewerRequestHandler,
  ViewerResponseHandler,
} from "./handlers.ts";
export type { EventHeader, EventHeaders, ResultHeader, ResultHeaders } from "./headers.ts";
export type { CustomOrigin, Origin, OriginSslProtocol, S3Origin } from "./origin.ts";
export type {
  GeneratedResponse,
  OriginRequestContinuation,
  OriginRequestResult,
  OriginResponseContinuation,
  OriginResponseResult,
  ViewerRequestContinuation,
  ViewerRequestResult,
  ViewerResponseContinuation,
  ViewerResponseResult,
} from "./results.ts";
export type {
  Navigation,
  NavigationDecision,
  NavigationFunction,
  NavigationOf,
  PolicySelection,
  PolicySelections,
  PolicyRemedies,
  ResponseHeadersPolicyOf,
  SynthCheck,
  SynthesizedCacheBehavior,
  SynthesizedSite,
  SynthFinding,
  CompilerOf,
  FunctionPermission,
  OnlyLambdaEdge,
  PermissionsOf,
  WithSiteFiles,
} from "./synthesized-site.ts";
