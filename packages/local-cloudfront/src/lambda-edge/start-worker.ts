import { extname } from "node:path";
import { Worker } from "node:worker_threads";
import type { WorkerSetup } from "./worker-messages.ts";

/**
 * Megabytes that V8 may use above the function's own before it ends the thread by itself: where a
 * single allocation meets that limit, V8 ends the whole process. The limit that counts is watched
 * from outside.
 */
const HEAP_RESERVE_MB = 4096;
/** The share of a function's memory that Lambda gives to new objects. */
const YOUNG_GENERATION_SHARE = 0.1;

/** Starts the thread of an execution environment; it sees no variable of the machine's own. */
export function startWorker(
  setup: WorkerSetup,
  environmentVariables: Readonly<Record<string, string>>,
): Worker {
  const file = `./worker/execution-environment-worker${extname(import.meta.url)}`;
  return new Worker(new URL(file, import.meta.url), {
    name: setup.functionName,
    workerData: { setup },
    transferList: [setup.port],
    env: { ...environmentVariables },
    argv: [],
    execArgv: disabledFeatures(),
    // Never read: the thread itself sends what the function writes.
    stdout: true,
    stderr: true,
    stdin: false,
    resourceLimits: {
      maxOldGenerationSizeMb: setup.memoryMb + HEAP_RESERVE_MB,
      maxYoungGenerationSizeMb: Math.ceil(setup.memoryMb * YOUNG_GENERATION_SHARE),
    },
  });
}

/**
 * Lambda switches off what Node.js would do by itself: `require` of ES modules, and guessing
 * which files are ES modules.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/lambda-nodejs.html#nodejs-experimental-features
 */
function disabledFeatures(): string[] {
  return ["require-module", "detect-module"]
    .filter((name) => process.allowedNodeEnvironmentFlags.has(`--experimental-${name}`))
    .map((name) => `--no-experimental-${name}`);
}
