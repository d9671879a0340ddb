import { lambdaEdgeQuotas } from "cf-rules";
import type { LambdaEdgeQuotas } from "cf-rules";
import { systemClock } from "../clock.ts";
import type { Clock } from "../clock.ts";
import type { CacheBehavior } from "../distribution/distribution.ts";
import type { EdgeFunction } from "../distribution/edge-functions.ts";
import { originFunctionsOf } from "../distribution/lambda-endpoints.ts";
import { FunctionInvoker } from "./pool/function-invoker.ts";
import type { AwsCredentials } from "./thread/environment-variables.ts";
import type { FunctionIsolation, FunctionLogEntry } from "./thread/start-environment.ts";
import { defaultFunctionLimits } from "./function-limits.ts";
import type { FunctionLimits } from "./function-limits.ts";
import type { FunctionRunner } from "./function-runner.ts";
import { Memo } from "../memo.ts";
import { describeInvocation } from "./log/describe-run.ts";
import { runRequestFunction, runResponseFunction } from "./event/run-function.ts";

/** How many results are known: pages of a site that are asked for in turn. */
const maxChecks = 32;

/** How functions are run. */
export interface FunctionRunnerOptions {
  /** @default the machine's clock */
  readonly clock?: Clock;
  /** @default defaultFunctionLimits */
  readonly limits?: Partial<FunctionLimits>;
  /** @default lambdaEdgeQuotas */
  readonly quotas?: LambdaEdgeQuotas;
  /**
   * The Region in which functions believe to run.
   *
   * @default "us-east-1"
   */
  readonly region?: string;
  /** @default "thread" */
  readonly isolation?: FunctionIsolation;
  /** @default - test credentials, which AWS refuses */
  readonly credentials?: AwsCredentials;
  /**
   * Takes every line of every function's log as it comes, also those between invocations.
   *
   * @default - lines are only in the runs' `logLines`
   */
  readonly onLog?: (entry: FunctionLogEntry) => void;
}

/**
 * Returns a runner that runs functions in worker threads, of this process or of processes of their
 * own, on the Node.js that runs it, whatever the function's runtime.
 */
export function createFunctionRunner(options: FunctionRunnerOptions = {}): FunctionRunner {
  const { region = "us-east-1" } = options;
  const invoker = new FunctionInvoker({
    clock: options.clock ?? systemClock(),
    limits: { ...defaultFunctionLimits, ...options.limits },
    region,
    onLog: options.onLog,
    isolation: options.isolation ?? "thread",
    credentials: options.credentials,
  });
  const services = {
    invoker,
    quotas: options.quotas ?? lambdaEdgeQuotas,
    region,
    checks: new Memo(maxChecks),
  };
  return {
    runViewerRequest: (association, context, request) =>
      runRequestFunction(services, "viewer-request", {
        association,
        context,
        request,
        origin: undefined,
      }),
    runOriginRequest: (association, context, request, origin) =>
      runRequestFunction(services, "origin-request", { association, context, request, origin }),
    runOriginResponse: (association, context, request, origin, response) =>
      runResponseFunction(
        services,
        "origin-response",
        { association, context, request, origin },
        response,
      ),
    runViewerResponse: (association, context, request, response) =>
      runResponseFunction(
        services,
        "viewer-response",
        { association, context, request, origin: undefined },
        response,
      ),
    runOriginFunction: async (originFunction, event) => {
      const ended = await invoker.invoke(originFunction, event);
      const run = describeInvocation(ended);
      return ended.kind === "result"
        ? { run, result: ended.result, failure: undefined }
        : { run, result: undefined, failure: ended.failure };
    },
    prepare: ({ cacheBehaviors }) => invoker.prepare(functionsOf(cacheBehaviors.slice(-1))),
    retain: (distribution, unused) =>
      invoker.retain(
        [...functionsOf(distribution.cacheBehaviors), ...originFunctionsOf(distribution)],
        unused,
      ),
    close: () => invoker.close(),
  };
}

function functionsOf(cacheBehaviors: readonly CacheBehavior[]): readonly EdgeFunction[] {
  return cacheBehaviors
    .flatMap(({ functionAssociations }) => Object.values(functionAssociations))
    .map(({ edgeFunction }) => edgeFunction);
}
