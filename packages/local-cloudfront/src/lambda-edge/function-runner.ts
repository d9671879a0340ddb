import type { EventType, Origin as EventOrigin } from "cf-types";
import type { Distribution } from "../distribution/distribution.ts";
import type {
  FunctionAssociation,
  LambdaFunction,
  OriginFunction,
} from "../distribution/edge-functions.ts";
import type { HttpRequest, HttpResponse } from "../http/http-message.ts";
import type { InvocationContext } from "./invocation-context.ts";
import type { ValidationLog } from "./log/validation-log.ts";

/** The `X-Cache` values of a function that failed, without ` from cloudfront`. */
export type FunctionFailureResultType =
  | "LambdaValidationError"
  | "LambdaExecutionError"
  | "LambdaLimitExceeded";

/** Why a function cost its request: what the viewer sees and what the developer reads. */
export interface FunctionFailure {
  readonly status: 502 | 503;
  readonly resultType: FunctionFailureResultType;
  /** The sentence on CloudFront's error page. */
  readonly viewerText: string;
  /** One line for the log: what was wrong, with which value. */
  readonly detail: string;
  /** The conformance fact that decided, as in `LE-C-04`. */
  readonly factId: string;
  /** The stack of the function's error, where it threw. */
  readonly stack: string | undefined;
  /** What CloudFront itself logs of a result that it refuses; undefined for other failures. */
  readonly validationLog: ValidationLog | undefined;
}

/** How one invocation went. */
export interface FunctionRun {
  readonly eventType: EventType;
  readonly association: FunctionAssociation;
  /** As in `/aws/lambda/us-east-1.rewrite`. */
  readonly logGroupName: string;
  /** Lambda's own request id, as START, END and REPORT lines carry it. */
  readonly lambdaRequestId: string;
  readonly durationMs: number;
  /** Milliseconds of the cold start; undefined where a warm execution environment was reused. */
  readonly initDurationMs: number | undefined;
  /** Megabytes. */
  readonly maxMemoryUsedMb: number;
  /** What the function wrote to the console, in Lambda's START/END/REPORT shape. */
  readonly logLines: readonly string[];
  /** Legal but questionable results, each with the fact's id in front. */
  readonly warnings: readonly string[];
}

/**
 * An invocation as it is recorded: references to what is there anyway, and the texts that crossed
 * threads, from which is told what the function got and gave. What else is told of it is worked out
 * when somebody reads it.
 */
export interface RecordedInvocation extends Pick<
  FunctionRun,
  "lambdaRequestId" | "durationMs" | "initDurationMs" | "maxMemoryUsedMb"
> {
  readonly lambda: LambdaFunction;
  /** What it got, or would have got: JSON text. */
  readonly event: string;
  /** JSON text; undefined where it gave none. */
  readonly resultJson: string | undefined;
  /** What it wrote to the console. */
  readonly lines: readonly string[];
  /** JSON texts: what the members of a composed function returned, as far as they ran. */
  readonly memberResults: readonly string[];
  /** What ended the execution environment; undefined where it lives on. */
  readonly endedBy: string | undefined;
  readonly isTimeout: boolean;
  /** How many characters all its texts have together, the log included. */
  readonly characters: number;
}

/** An invocation at the edge as it is recorded. */
export interface RecordedRun
  extends RecordedInvocation, Pick<FunctionRun, "eventType" | "association" | "warnings"> {}

/** What came of an invocation behind an origin. */
export interface OriginInvocation {
  readonly run: RecordedInvocation;
  /** JSON text; undefined where the function gave none. */
  readonly result: string | undefined;
  /** Why it gave none; undefined where it did. */
  readonly failure: FunctionFailure | undefined;
}

/** A function failed: the request ends with `failure.status`. */
export interface FailedOutcome {
  readonly kind: "failure";
  readonly failure: FunctionFailure;
  readonly run: RecordedRun;
}

/** A request function generated the response. */
export interface GeneratedOutcome {
  readonly kind: "generated-response";
  readonly response: HttpResponse;
  readonly run: RecordedRun;
}

/** The outcome of a viewer-request function. */
export type ViewerRequestOutcome =
  | { readonly kind: "request"; readonly request: HttpRequest; readonly run: RecordedRun }
  | GeneratedOutcome
  | FailedOutcome;

/** The outcome of an origin-request function; `origin` is undefined where it was left as it was. */
export type OriginRequestOutcome =
  | {
      readonly kind: "request";
      readonly request: HttpRequest;
      readonly origin: EventOrigin | undefined;
      readonly run: RecordedRun;
    }
  | GeneratedOutcome
  | FailedOutcome;

/** The outcome of a response function. */
export type ResponseOutcome =
  | { readonly kind: "response"; readonly response: HttpResponse; readonly run: RecordedRun }
  | FailedOutcome;

/**
 * Runs Lambda functions: event in, result out, which is checked at the edge. Never throws for what a function
 * does: a function that throws, loops, exits, leaks or returns rubbish gives a `failure`.
 */
export interface FunctionRunner {
  runViewerRequest(
    association: FunctionAssociation,
    context: InvocationContext,
    request: HttpRequest,
  ): Promise<ViewerRequestOutcome>;
  runOriginRequest(
    association: FunctionAssociation,
    context: InvocationContext,
    request: HttpRequest,
    origin: EventOrigin,
  ): Promise<OriginRequestOutcome>;
  /** `response.body` never reaches the function; it is kept unless the result replaces it. */
  runOriginResponse(
    association: FunctionAssociation,
    context: InvocationContext,
    request: HttpRequest,
    origin: EventOrigin,
    response: HttpResponse,
  ): Promise<ResponseOutcome>;
  runViewerResponse(
    association: FunctionAssociation,
    context: InvocationContext,
    request: HttpRequest,
    response: HttpResponse,
  ): Promise<ResponseOutcome>;
  /**
   * Runs a function behind an origin.
   *
   * @param event JSON text
   */
  runOriginFunction(originFunction: OriginFunction, event: string): Promise<OriginInvocation>;
  /**
   * Starts what the functions of the default cache behavior run in, while there is no request yet that
   * would wait for it. Their code is loaded when they are first invoked.
   */
  prepare(distribution: Distribution): void;
  /**
   * Ends the environments of functions that a distribution does not run, as soon as they have
   * ended what was under way.
   *
   * @param unused resolves when nothing invokes the other functions any more: what is left of them is
   * removed then
   * @returns when the code of those that take their place has been read
   */
  retain(distribution: Distribution, unused: Promise<unknown>): Promise<void>;
  /** Ends every execution environment; resolves when the last worker thread is gone. */
  close(): Promise<void>;
}
