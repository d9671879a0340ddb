import { MessageChannel, Worker, type MessagePort } from "node:worker_threads";
import { threadModule } from "./thread-module.ts";

/** The thread of an execution environment, which does nothing until it gets its setup. */
export interface FunctionThread {
  readonly worker: Worker;
  /** Takes the setup, then invocations. */
  readonly port: MessagePort;
}

/** What a thread has from its start on; everything else comes with the setup. */
export interface FunctionThreadOptions {
  /** The thread's name, as a debugger shows it. */
  readonly functionName: string;
  /** The memory of the function. */
  readonly memoryMb: number;
}

/**
 * Megabytes that V8 may use above the function's own before it ends the thread by itself. The limit
 * that counts is watched from outside: a single allocation that crosses V8's own ends the whole
 * process. None is larger than 1 GB, so that this much room keeps any from crossing it.
 *
 * FIDELITY F-V8-SIZES: V8 also ends the process, whatever its limits, for an array of more than
 * 2^27 elements made in one step, as in `Array.from({ length: 2 ** 28 })`: only a process of its own
 * contains that (the option `isolation`). At the edge it costs the function's own environment.
 */
const HEAP_RESERVE_MB = 4096;
/** The share of a function's memory that Lambda gives to new objects. */
const YOUNG_GENERATION_SHARE = 0.1;

/** Starts the thread of an execution environment; it sees no variable of the machine's own. */
export function startThread(
  { functionName, memoryMb }: FunctionThreadOptions,
  module: URL = threadModule(),
): FunctionThread {
  const { port1, port2 } = new MessageChannel();
  const worker = new Worker(module, {
    name: functionName,
    workerData: { port: port2 },
    transferList: [port2],
    env: {},
    argv: [],
    execArgv: disabledFeatures(),
    // Never read: the thread itself sends what the function writes.
    stdout: true,
    stderr: true,
    stdin: false,
    resourceLimits: {
      maxOldGenerationSizeMb: memoryMb + HEAP_RESERVE_MB,
      maxYoungGenerationSizeMb: Math.ceil(memoryMb * YOUNG_GENERATION_SHARE),
    },
  });
  worker.unref();
  port1.unref();
  return { worker, port: port1 };
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
