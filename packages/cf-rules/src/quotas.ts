/** What a function may ask for on an event type. */
export interface FunctionQuotas {
  readonly timeoutSeconds: number;
  readonly memoryMb: number;
  /** The zipped package with its libraries. */
  readonly packageBytes: number;
}

/** Bytes by kind of event. */
export interface BytesByEvent {
  readonly viewer: number;
  readonly origin: number;
}

/** Lambda@Edge's quotas as data: pass a copy with other values where an account has other quotas. */
export interface LambdaEdgeQuotas {
  /** The day on which the pages were read, as in `2026-09-30`. */
  readonly asOf: string;
  readonly function: FunctionQuotas;
  /** What deployments to viewer events were seen to be refused for (LE-E-02, LE-F-13). */
  readonly observedViewerFunction: FunctionQuotas;
  /** `/tmp`. */
  readonly ephemeralStorageMb: number;
  readonly concurrencyPerRegion: number;
  /** A response that a function generates, body and headers (LE-D-08). */
  readonly generatedResponseBytes: BytesByEvent;
  /** The part of a request body that a function sees (LE-B-23). */
  readonly exposedBodyBytes: BytesByEvent;
  /** A request body that a function replaces, as `text` (LE-B-26). */
  readonly replacedTextBodyBytes: BytesByEvent;
  /** A request body that a function replaces, as `base64`, counted as encoded (LE-B-26). */
  readonly replacedBase64BodyBytes: BytesByEvent;
  /** The JSON text of a result; above it CloudFront was seen to call it not parsable (LE-C-33). */
  readonly resultJsonCharacters: number;
  /** `uri` and `querystring` together stay below this (LE-B-10). */
  readonly uriAndQuerystringCharacters: number;
  /** `readTimeout` of an origin (LE-B-36). */
  readonly originReadTimeoutSeconds: number;
  /** `keepaliveTimeout` of a custom origin (LE-B-36). */
  readonly originKeepaliveTimeoutSeconds: number;
}

const KB = 1024;
const MB = 1024 * KB;

/**
 * The default quotas. AWS writes KB and MB; binary units are assumed.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge
 */
export const lambdaEdgeQuotas: LambdaEdgeQuotas = {
  asOf: "2026-09-30",
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge
  function: { timeoutSeconds: 30, memoryMb: 10_240, packageBytes: 50 * MB },
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-functions-choosing.html
  // and the messages of deployments that CloudFront refused (InvalidLambdaFunctionAssociation).
  observedViewerFunction: { timeoutSeconds: 5, memoryMb: 128, packageBytes: MB },
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
  ephemeralStorageMb: 512,
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-lambda-at-edge
  concurrencyPerRegion: 1000,
  generatedResponseBytes: { viewer: 40 * KB, origin: MB },
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
  exposedBodyBytes: { viewer: 40 * KB, origin: MB },
  replacedTextBodyBytes: { viewer: 40 * KB, origin: MB },
  replacedBase64BodyBytes: { viewer: Math.floor(53.2 * KB), origin: Math.floor(1.33 * MB) },
  // No page names it: between the 1 MB that is documented and the 3 MB seen to fail (LE-C-33).
  resultJsonCharacters: 2 * MB,
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
  uriAndQuerystringCharacters: 8192,
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-event-structure.html
  originReadTimeoutSeconds: 120,
  originKeepaliveTimeoutSeconds: 120,
};
