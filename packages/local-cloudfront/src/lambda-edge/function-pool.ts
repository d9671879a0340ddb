import { randomUUID } from "node:crypto";
import type { EnvironmentWatch } from "./environment-watch.ts";
import type { ExecutionEnvironment, InvocationAnswer } from "./execution-environment.ts";
import type { FunctionLimits } from "./function-limits.ts";
import type { FunctionError } from "./worker-messages.ts";

/** How an invocation went, in whichever environment it ran. */
export type PoolAnswer = { readonly requestId: string } & (
  | {
      readonly kind: "answered";
      /** Milliseconds of the cold start; undefined where a warm environment was used. */
      readonly initDurationMs: number | undefined;
      readonly answer: InvocationAnswer;
    }
  | {
      /** The function's code could not be loaded. */
      readonly kind: "not-started";
      readonly error: FunctionError;
      readonly lines: readonly string[];
    }
);

/** The worker threads that all functions share. */
export interface EnvironmentBudget {
  /** Takes a thread if one is left, ending an idle one of another function where that helps. */
  take(): boolean;
  giveBack(): void;
}

/** What a pool is made of. */
export interface FunctionPoolOptions {
  readonly limits: FunctionLimits;
  readonly watch: EnvironmentWatch;
  readonly budget: EnvironmentBudget;
  /** Starts an environment; rejects where the function's code cannot be had. */
  readonly start: () => Promise<ExecutionEnvironment>;
}

interface Pending {
  readonly requestId: string;
  readonly event: string;
  readonly resolve: (answer: PoolAnswer) => void;
  /** Whether it already ran once, in an environment that an earlier invocation brought down. */
  isSecondTry: boolean;
}

interface IdleEnvironment {
  readonly environment: ExecutionEnvironment;
  readonly sinceMs: number;
}

/**
 * The execution environments of one function: each runs one invocation at a time, warm ones are
 * used first, and where all are busy another is started (a cold start).
 */
export class FunctionPool {
  readonly #options: FunctionPoolOptions;
  readonly #idle: IdleEnvironment[] = [];
  readonly #waiting: Pending[] = [];
  /** All whose thread is not yet gone. */
  readonly #environments = new Set<ExecutionEnvironment>();
  /** Those that have loaded the function. */
  readonly #ready = new Set<ExecutionEnvironment>();
  readonly #coldStartMs = new WeakMap<ExecutionEnvironment, number>();
  readonly #starting = new Set<Promise<void>>();
  #initializing = 0;
  #growTimer: NodeJS.Timeout | undefined;
  #isClosed = false;

  constructor(options: FunctionPoolOptions) {
    this.#options = options;
  }

  /** Runs one invocation; never rejects. */
  run(event: string): Promise<PoolAnswer> {
    return new Promise((resolve) => {
      this.#dispatch({ requestId: randomUUID(), event, resolve, isSecondTry: false });
    });
  }

  /** Starts environments for waiting invocations where threads have become free. */
  grow(): void {
    const { limits, budget } = this.#options;
    while (
      !this.#isClosed &&
      this.#initializing < Math.min(this.#waiting.length, limits.coldStarts) &&
      budget.take()
    ) {
      this.#initializing += 1;
      const starting = this.#startEnvironment();
      this.#starting.add(starting);
      void starting.then(() => this.#starting.delete(starting));
    }
  }

  /** A busy environment may be free before another one could start. */
  #growSoon(): void {
    this.#growTimer ??= setTimeout(() => {
      this.#growTimer = undefined;
      this.grow();
    }, this.#options.limits.coldStartAfterMs);
  }

  /** Ends environments that have been idle since before a time, save the few that stay warm. */
  endIdle(beforeMs: number): void {
    const spare = this.#idle.length - this.#options.limits.warmEnvironments;
    const old = this.#idle.filter(({ sinceMs }) => sinceMs < beforeMs).slice(0, Math.max(0, spare));
    for (const { environment } of old) {
      this.#dropIdle(environment);
    }
  }

  /** Ends one idle environment; false where there is none. */
  endOneIdle(): boolean {
    const [oldest] = this.#idle;
    if (oldest === undefined) {
      return false;
    }
    this.#dropIdle(oldest.environment);
    return true;
  }

  /** Ends all environments; resolves when the last thread is gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#growTimer);
    this.#refuseWaiting();
    await Promise.all([...this.#environments].map((environment) => environment.end()));
    await Promise.all(this.#starting);
  }

  #refuseWaiting(): void {
    const message = "The local CloudFront was closed";
    this.#failPending(this.#waiting.splice(0), {
      type: "Runtime.Closed",
      message,
      stack: undefined,
    });
  }

  #dispatch(pending: Pending): void {
    if (this.#isClosed) {
      this.#waiting.push(pending);
      this.#refuseWaiting();
      return;
    }
    const environment = pending.isSecondTry ? undefined : this.#takeIdle();
    if (environment !== undefined) {
      void this.#runIn(environment, pending);
      return;
    }
    this.#waiting.push(pending);
    if (this.#ready.size === 0) {
      this.grow();
    } else {
      this.#growSoon();
    }
  }

  #takeIdle(): ExecutionEnvironment | undefined {
    let idle = this.#idle.pop();
    while (idle !== undefined && !idle.environment.isUsable) {
      idle = this.#idle.pop();
    }
    return idle?.environment;
  }

  async #runIn(environment: ExecutionEnvironment, pending: Pending): Promise<void> {
    const { watch } = this.#options;
    const { requestId, event } = pending;
    const hadLeftovers = environment.hasLeftovers;
    const initDurationMs = this.#coldStartMs.get(environment);
    this.#coldStartMs.delete(environment);
    watch.add(environment);
    const answer = await environment.invoke({ requestId, event });
    watch.remove(environment);
    if (environment.isUsable) {
      this.#release(environment);
    } else {
      this.#drop(environment);
    }
    if (!pending.isSecondTry && isBroughtDown(answer, hadLeftovers)) {
      this.#dispatch({ ...pending, isSecondTry: true });
      return;
    }
    pending.resolve({ kind: "answered", requestId, initDurationMs, answer });
  }

  #release(environment: ExecutionEnvironment): void {
    const index = this.#waiting.findIndex(
      ({ isSecondTry }) => !(isSecondTry && environment.hasLeftovers),
    );
    const [next] = index < 0 ? [] : this.#waiting.splice(index, 1);
    if (next === undefined) {
      this.#idle.push({ environment, sinceMs: performance.now() });
    } else {
      void this.#runIn(environment, next);
    }
  }

  async #startEnvironment(): Promise<void> {
    const { start, watch, budget } = this.#options;
    let environment: ExecutionEnvironment | undefined;
    try {
      environment = await start();
    } catch (thrown) {
      this.#initializing -= 1;
      budget.giveBack();
      const message = thrown instanceof Error ? thrown.message : String(thrown);
      this.#failWaiting({ type: "Runtime.InvalidCode", message, stack: undefined }, []);
      return;
    }
    this.#environments.add(environment);
    const started = environment;
    void started.ended.then(() => this.#forget(started));
    if (this.#isClosed) {
      this.#initializing -= 1;
      return started.end();
    }
    watch.add(started);
    const outcome = await started.initialized;
    watch.remove(started);
    this.#initializing -= 1;
    if (outcome.kind === "failed") {
      this.#drop(started);
      this.#failWaiting(outcome.error, outcome.lines);
      return;
    }
    this.#ready.add(started);
    this.#coldStartMs.set(started, outcome.durationMs);
    this.#release(started);
    this.grow();
  }

  /** The code is the same for all that wait: what cannot be loaded for one fails all of them. */
  #failWaiting(error: FunctionError, lines: readonly string[]): void {
    const count = this.#ready.size > 0 ? 1 : this.#waiting.length;
    this.#failPending(this.#waiting.splice(0, count), error, lines);
    this.grow();
  }

  #failPending(
    failed: readonly Pending[],
    error: FunctionError,
    lines: readonly string[] = [],
  ): void {
    for (const { requestId, resolve } of failed) {
      resolve({ kind: "not-started", requestId, error, lines });
    }
  }

  #dropIdle(environment: ExecutionEnvironment): void {
    const index = this.#idle.findIndex((one) => one.environment === environment);
    if (index >= 0) {
      this.#idle.splice(index, 1);
    }
    this.#drop(environment);
  }

  #drop(environment: ExecutionEnvironment): void {
    this.#ready.delete(environment);
    void environment.end();
  }

  #forget(environment: ExecutionEnvironment): void {
    this.#environments.delete(environment);
    this.#ready.delete(environment);
    const index = this.#idle.findIndex((one) => one.environment === environment);
    if (index >= 0) {
      this.#idle.splice(index, 1);
    }
    this.#options.budget.giveBack();
    this.grow();
  }
}

/** Whether what an earlier invocation left behind may have ended the environment. */
function isBroughtDown(answer: InvocationAnswer, hadLeftovers: boolean): boolean {
  if (answer.kind !== "fault") {
    return false;
  }
  const { fault } = answer;
  return fault === "blocked" || (hadLeftovers && (fault === "crash" || fault === "exit"));
}
