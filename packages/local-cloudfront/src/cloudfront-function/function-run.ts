import type { CloudFrontFunctionAssociation } from "../distribution/cloudfront-functions.ts";
import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import type {
  CloudFrontFunctionEventType,
  KeyValueStoreRead,
  OriginChange,
} from "./cloudfront-function.ts";

/** The `X-Cache` values of a CloudFront Function that failed, without ` from cloudfront`. */
export type CloudFrontFunctionFailureResultType =
  | "FunctionValidationError"
  | "FunctionExecutionError"
  | "FunctionThrottledError";

/** Why a CloudFront Function cost its request: what the viewer sees and what the developer reads. */
export interface CloudFrontFunctionFailure {
  readonly status: 502 | 503;
  readonly resultType: CloudFrontFunctionFailureResultType;
  /** The sentence on CloudFront's error page. */
  readonly viewerText: string;
  /** One line for the log: what was wrong, where, and the remedy. */
  readonly detail: string;
  /** The conformance fact that decided, as in `FN-I-44`. */
  readonly factId: string;
  /** Where it failed: the lines of the deployed code around; undefined where no line is to blame. */
  readonly stack: string | undefined;
  /** CloudFront logs nothing of its own for these. */
  readonly validationLog: undefined;
}

/** One invocation of a CloudFront Function as it is recorded. */
export interface RecordedCloudFrontFunctionRun {
  readonly kind: "cloudfront-function";
  readonly eventType: CloudFrontFunctionEventType;
  readonly association: CloudFrontFunctionAssociation;
  readonly durationMs: number;
  /** It starts anew for each event, and has no cold start to tell apart from others. */
  readonly initDurationMs: undefined;
  /** Legal but questionable results, each with the fact's id in front. */
  readonly warnings: readonly string[];
  /** What it got: JSON text. */
  readonly event: string;
  /** JSON text; undefined where it gave none. */
  readonly resultJson: string | undefined;
  /** What it wrote to the console. */
  readonly lines: readonly string[];
  readonly keyValueStoreReads: readonly KeyValueStoreRead[];
  /** JSON texts: what the members of a composed function returned, as far as they ran. */
  readonly memberResults: readonly string[];
  readonly originChange: OriginChange | undefined;
  /** What it gave `logCustomData` last; undefined where it did not call it. */
  readonly customLogData: string | undefined;
  /** How many characters all its texts have together. */
  readonly characters: number;
}

/** How one invocation went, for those who read traces. */
export interface TracedCloudFrontFunctionRun extends Pick<
  RecordedCloudFrontFunctionRun,
  "eventType" | "association" | "durationMs" | "initDurationMs" | "warnings"
> {
  /** As in `/aws/cloudfront/function/redirect`. */
  readonly logGroupName: string;
  readonly lambdaRequestId: undefined;
  readonly maxMemoryUsedMb: undefined;
  /** As in its log stream; none where it wrote nothing (FN-I-27). */
  readonly logLines: readonly string[];
}

/** A function failed: the request ends with `failure.status`. */
export interface CloudFrontFunctionFailed {
  readonly kind: "failure";
  readonly failure: CloudFrontFunctionFailure;
  /** Whether it took too much time. */
  readonly isTimeout: boolean;
  readonly run: RecordedCloudFrontFunctionRun;
}

/** The outcome at viewer-request. */
export type CloudFrontViewerRequestOutcome =
  | {
      readonly kind: "request";
      readonly request: HttpRequest;
      /** What it asked for; undefined where it left the origin alone. */
      readonly originChange: OriginChange | undefined;
      readonly run: RecordedCloudFrontFunctionRun;
    }
  | {
      readonly kind: "generated-response";
      readonly response: HttpResponse;
      readonly run: RecordedCloudFrontFunctionRun;
    }
  | CloudFrontFunctionFailed;

/** The outcome at viewer-response. */
export type CloudFrontViewerResponseOutcome =
  | {
      readonly kind: "response";
      readonly response: HttpResponse;
      readonly run: RecordedCloudFrontFunctionRun;
    }
  | CloudFrontFunctionFailed;
