import { onTestFinished } from "vitest";
import { systemClock } from "../src/clock.ts";
import type { FunctionEnvironment } from "../src/lambda-edge/thread/function-environment.ts";
import { defaultFunctionLimits } from "../src/lambda-edge/function-limits.ts";
import { startEnvironment, threadOptions } from "../src/lambda-edge/thread/start-environment.ts";
import { startThread } from "../src/lambda-edge/thread/start-thread.ts";
import { edgeFunction, folderWith } from "./lambda-edge-fixtures.ts";

/** Starts an environment that nobody watches, and waits until the function is loaded. */
export async function startedEnvironment(source: string): Promise<FunctionEnvironment> {
  const options = {
    clock: systemClock(),
    limits: defaultFunctionLimits,
    region: "us-east-1",
    onLog: undefined,
    isolation: "thread" as const,
    credentials: undefined,
  };
  const made = edgeFunction(source);
  const thread = startThread(threadOptions(made, options.region));
  const taskRoot = folderWith({ "index.js": source });
  const environment = startEnvironment(made, taskRoot, [], thread, options);
  onTestFinished(() => environment.end());
  await environment.initialized;
  return environment;
}
