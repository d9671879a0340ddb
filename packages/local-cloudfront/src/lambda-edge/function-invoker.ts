import { randomBytes, randomUUID } from "node:crypto";
import type { ResultWarning } from "cf-rules";
import type { Clock } from "../clock.ts";
import type { EdgeFunction, FunctionAssociation } from "../distribution/edge-functions.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { describeRun } from "./describe-run.ts";
import { EnvironmentWatch } from "./environment-watch.ts";
import { environmentVariables } from "./environment-variables.ts";
import { ExecutionEnvironment } from "./execution-environment.ts";
import { FunctionCodeStore } from "./function-code-store.ts";
import { executionFailure, throttledFailure } from "./function-failure.ts";
import { logStreamName, replicaIdentity } from "./function-identity.ts";
import type { FunctionLimits } from "./function-limits.ts";
import { FunctionPool } from "./function-pool.ts";
import type { PoolAnswer } from "./function-pool.ts";
import type { FunctionFailure, FunctionRun } from "./function-runner.ts";
import type { InvocationFault } from "./runtime-fault.ts";
import type { FunctionError } from "./worker-messages.ts";

/** One line of a function's log, as it comes. */
export interface FunctionLogEntry {
  readonly edgeFunction: EdgeFunction;
  readonly logStreamName: string;
  readonly line: string;
}

/** What an invoker is made of. */
export interface FunctionInvokerOptions {
  readonly clock: Clock;
  readonly limits: FunctionLimits;
  readonly region: string;
  readonly onLog: ((entry: FunctionLogEntry) => void) | undefined;
}

/** An invocation that gave a result, whatever it is worth. */
export interface FinishedInvocation {
  readonly kind: "result";
  /** JSON text. */
  readonly result: string;
  readonly run: (warnings: readonly ResultWarning[]) => FunctionRun;
}

/** An invocation that gave none. */
export interface FailedInvocation {
  readonly kind: "failure";
  readonly failure: FunctionFailure;
  readonly run: (warnings: readonly ResultWarning[]) => FunctionRun;
}

interface KnownFunction {
  readonly pool: FunctionPool;
  /** Where the function's code runs from, once it is staged. */
  taskRoot: string | undefined;
}

/** Invokes functions by JSON text, in pools of execution environments. */
export class FunctionInvoker {
  readonly #options: FunctionInvokerOptions;
  readonly #watch = new EnvironmentWatch();
  readonly #codeStore = new FunctionCodeStore();
  readonly #byKey = new Map<string, KnownFunction>();
  readonly #byFunction = new WeakMap<EdgeFunction, KnownFunction>();
  readonly #idleTimer: NodeJS.Timeout;
  #isClosed = false;
  #underWay = 0;
  #environments = 0;

  constructor(options: FunctionInvokerOptions) {
    this.#options = options;
    const { idleMs } = options.limits;
    this.#idleTimer = setInterval(() => this.#endIdle(performance.now() - idleMs), idleMs);
    this.#idleTimer.unref();
  }

  /** Runs a function once; never rejects. */
  async invoke(
    association: FunctionAssociation,
    event: string,
  ): Promise<FinishedInvocation | FailedInvocation> {
    const { concurrency } = this.#options.limits;
    if (this.#underWay >= concurrency) {
      return throttled(association, concurrency);
    }
    this.#underWay += 1;
    try {
      const known = this.#knownFunction(association.edgeFunction);
      return describe(association, known, await known.pool.run(event));
    } finally {
      this.#underWay -= 1;
    }
  }

  /** Ends every environment and removes the staged code. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearInterval(this.#idleTimer);
    this.#watch.close();
    await Promise.all([...this.#byKey.values()].map(({ pool }) => pool.close()));
    await this.#codeStore.close();
  }

  #knownFunction(edgeFunction: EdgeFunction): KnownFunction {
    const known = this.#byFunction.get(edgeFunction);
    if (known !== undefined) {
      return known;
    }
    const { arn, runtime, handler, memoryMb, timeoutSeconds, code } = edgeFunction;
    const key = JSON.stringify([arn, runtime, handler, memoryMb, timeoutSeconds, code]);
    const found = this.#byKey.get(key) ?? this.#addFunction(key, edgeFunction);
    this.#byFunction.set(edgeFunction, found);
    return found;
  }

  #addFunction(key: string, edgeFunction: EdgeFunction): KnownFunction {
    const known: KnownFunction = {
      taskRoot: undefined,
      pool: new FunctionPool({
        limits: this.#options.limits,
        watch: this.#watch,
        budget: { take: () => this.#takeThread(), giveBack: () => this.#giveBackThread() },
        start: async () => {
          refuseForeignRuntime(edgeFunction);
          known.taskRoot = await this.#codeStore.taskRootOf(key, edgeFunction.code);
          return this.#startEnvironment(edgeFunction, known.taskRoot);
        },
      }),
    };
    this.#byKey.set(key, known);
    if (this.#isClosed) {
      void known.pool.close();
    }
    return known;
  }

  #startEnvironment(edgeFunction: EdgeFunction, taskRoot: string): ExecutionEnvironment {
    const { clock, region, limits, onLog } = this.#options;
    const { handler, runtime, memoryMb, timeoutSeconds, version } = edgeFunction;
    const identity = {
      ...replicaIdentity(edgeFunction, region),
      logStreamName: logStreamName(clock.now(), version, randomBytes(16).toString("hex")),
      functionVersion: version,
      taskRoot,
      handler,
      runtime,
      memoryMb,
    };
    return new ExecutionEnvironment({
      setup: { ...identity, timeoutMs: timeoutSeconds * 1000 },
      environmentVariables: environmentVariables({ ...identity, region }),
      initTimeoutMs: limits.initTimeoutMs,
      onLogLine: (line) => onLog?.({ edgeFunction, logStreamName: identity.logStreamName, line }),
    });
  }

  #takeThread(): boolean {
    const { environments } = this.#options.limits;
    if (this.#environments >= environments) {
      // The idle one's thread comes back when it has ended.
      [...this.#byKey.values()].some(({ pool }) => pool.endOneIdle());
      return false;
    }
    this.#environments += 1;
    return true;
  }

  #giveBackThread(): void {
    this.#environments -= 1;
    for (const { pool } of this.#byKey.values()) {
      pool.wake();
    }
  }

  #endIdle(beforeMs: number): void {
    for (const { pool } of this.#byKey.values()) {
      pool.endIdle(beforeMs);
    }
  }
}

/** A function that cannot run here fails; it never lets its request pass. */
function refuseForeignRuntime({ logicalId, runtime }: EdgeFunction): void {
  if (!runtime.startsWith("nodejs")) {
    throw new LocalCloudFrontError(
      `${logicalId}.Runtime cannot run locally: got ${JSON.stringify(runtime)}. Only Node.js functions run here.`,
      { factId: "LE-E-13" },
    );
  }
}

function throttled(association: FunctionAssociation, concurrency: number): FailedInvocation {
  return {
    kind: "failure",
    failure: throttledFailure(concurrency),
    run: () => ({
      eventType: association.eventType,
      association,
      lambdaRequestId: randomUUID(),
      durationMs: 0,
      initDurationMs: undefined,
      maxMemoryUsedMb: 0,
      logLines: [],
      warnings: [],
    }),
  };
}

function describe(
  association: FunctionAssociation,
  known: KnownFunction,
  pooled: PoolAnswer,
): FinishedInvocation | FailedInvocation {
  const run = (warnings: readonly ResultWarning[]) => describeRun(association, pooled, warnings);
  const failed = (error: FunctionError, fault: InvocationFault | "init"): FailedInvocation => ({
    kind: "failure",
    failure: executionFailure(
      {
        ...error,
        message: showSource(error.message, association, known),
        stack: error.stack && showSource(error.stack, association, known),
      },
      fault,
    ),
    run,
  });
  if (pooled.kind === "not-started") {
    return failed(pooled.error, "init");
  }
  const { answer } = pooled;
  return answer.kind === "result"
    ? { kind: "result", result: answer.result, run }
    : failed(answer.error, answer.fault);
}

/** Names the function's own source instead of the place where its copy runs. */
function showSource(text: string, association: FunctionAssociation, known: KnownFunction): string {
  const { code } = association.edgeFunction;
  return known.taskRoot === undefined
    ? text
    : text.replaceAll(known.taskRoot, code.kind === "folder" ? code.path : "/var/task");
}
