import { randomBytes } from "node:crypto";
import type { Clock } from "../../clock.ts";
import type { LambdaFunction } from "../../distribution/edge-functions.ts";
import { LocalCloudFrontError } from "../../local-cloudfront-error.ts";
import {
  environmentVariables,
  testCredentials,
  type AwsCredentials,
} from "./environment-variables.ts";
import { ExecutionEnvironment } from "./execution-environment.ts";
import type { FunctionEnvironment } from "./function-environment.ts";
import { ProcessEnvironment, startNodeHost } from "./process-environment.ts";
import { isPython } from "./python.ts";
import { startPythonHost } from "./python-host.ts";
import { logStreamName, functionIdentity } from "./function-identity.ts";
import type { FunctionLimits } from "../function-limits.ts";
import type { FunctionThread, FunctionThreadOptions } from "./start-thread.ts";

/** One line of a function's log, as it comes. */
export interface FunctionLogEntry {
  readonly lambda: LambdaFunction;
  readonly logStreamName: string;
  readonly line: string;
}

/** What environments are started with, whatever the function. */
export interface EnvironmentOptions {
  readonly clock: Clock;
  readonly limits: FunctionLimits;
  readonly region: string;
  readonly onLog: ((entry: FunctionLogEntry) => void) | undefined;
  readonly isolation: FunctionIsolation;
  /** What functions sign with; undefined for what only looks like it. */
  readonly credentials: AwsCredentials | undefined;
}

/** Where an execution environment runs: in a thread of the server, or in a process of its own. */
export type FunctionIsolation = "thread" | "process";

/** Returns what a function's thread is started with. */
export function threadOptions(lambda: LambdaFunction, region: string): FunctionThreadOptions {
  const { functionName } = functionIdentity(lambda, region);
  return { functionName, memoryMb: lambda.memoryMb };
}

/**
 * Starts an environment for a function whose code lies in a folder of its own.
 *
 * @param thread where it runs; undefined for a process of its own
 * @param notices what its log begins with
 */
export function startEnvironment(
  lambda: LambdaFunction,
  taskRoot: string,
  notices: readonly string[],
  thread: FunctionThread | undefined,
  options: EnvironmentOptions,
): FunctionEnvironment {
  const { clock, region, limits, onLog } = options;
  const { handler, runtime, memoryMb, timeoutSeconds, version } = lambda;
  const identity = {
    ...functionIdentity(lambda, region),
    logStreamName: logStreamName(clock.now(), version, randomBytes(16).toString("hex")),
    functionVersion: version,
    taskRoot,
    handler,
    isComposed: lambda.manifest?.members !== undefined,
    runtime,
    memoryMb,
  };
  const variables = {
    ...lambda.environmentVariables,
    ...environmentVariables(identity, options.credentials ?? testCredentials),
  };
  const environment = {
    setup: {
      ...identity,
      timeoutMs: timeoutSeconds * 1000,
      environmentVariables: variables,
      notices,
    },
    initTimeoutMs: limits.initTimeoutMs,
    onLogLine: (line: string) => onLog?.({ lambda, logStreamName: identity.logStreamName, line }),
  };
  if (thread !== undefined) return new ExecutionEnvironment({ ...environment, thread });
  const host = isPython(runtime) ? startPythonHost(runtime, taskRoot, variables) : startNodeHost();
  return new ProcessEnvironment({ ...environment, host });
}

/** Whether a function's runtime is Node.js. */
export function isForNode({ runtime }: LambdaFunction): boolean {
  return runtime.startsWith("nodejs");
}

/**
 * Refuses a function that cannot run here: it fails, and never lets its request pass.
 *
 * @throws {LocalCloudFrontError} when the runtime is neither Node.js nor Python
 */
export function refuseForeignRuntime(lambda: LambdaFunction): void {
  const { logicalId, runtime } = lambda;
  if (!isForNode(lambda) && !isPython(runtime)) {
    throw new LocalCloudFrontError(
      `${logicalId}.Runtime cannot run locally: got ${JSON.stringify(runtime)}. Only Node.js and Python functions run here.`,
      { factId: "LE-E-13" },
    );
  }
}
