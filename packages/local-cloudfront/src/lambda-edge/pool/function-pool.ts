import { BusyEnvironments, MOST_AHEAD } from "./busy-environments.ts";
import type { EnvironmentBudget } from "./environment-budget.ts";
import type { EnvironmentWatch } from "./environment-watch.ts";
import type { InvocationResponse } from "../thread/execution-environment.ts";
import type { FunctionEnvironment } from "../thread/function-environment.ts";
import type { FunctionLimits } from "../function-limits.ts";
import { FunctionPace } from "./function-pace.ts";
import { IdleEnvironments } from "./idle-environments.ts";
import { lambdaRequestId } from "./lambda-request-id.ts";
import { failPending, isBroughtDown, isFit } from "./pending-invocation.ts";
import type { PendingInvocation } from "./pending-invocation.ts";
import type { FunctionError } from "../channel/thread-messages.ts";

/** What a pool is made of. */
export interface FunctionPoolOptions {
  readonly limits: FunctionLimits;
  readonly watch: EnvironmentWatch;
  readonly budget: EnvironmentBudget;
  /** Starts an environment; rejects where the function's code cannot be had. */
  readonly start: () => Promise<FunctionEnvironment>;
}

/**
 * The execution environments of one function: each runs one invocation at a time, warm ones are
 * used first, and where all are busy another is started (a cold start). Invocations of a function
 * that responds fast are sent to a busy environment ahead of their turn; where it takes long after
 * all, they are taken back and run elsewhere.
 */
export class FunctionPool {
  readonly #options: FunctionPoolOptions;
  /** All whose thread is not yet gone. */
  readonly #environments = new Set<FunctionEnvironment>();
  /** Those that have loaded the function. */
  readonly #ready = new Set<FunctionEnvironment>();
  readonly #idle = new IdleEnvironments();
  readonly #busy = new BusyEnvironments();
  /** The first one has waited longest. */
  readonly #waiting: PendingInvocation[] = [];
  readonly #pace: FunctionPace;
  readonly #coldStartMs = new WeakMap<FunctionEnvironment, number>();
  readonly #starting = new Set<Promise<void>>();
  #initializing = 0;
  #wasLate = false;
  #wakeTimer: NodeJS.Timeout | undefined;
  #isClosed = false;
  #isRetired = false;

  constructor(options: FunctionPoolOptions) {
    this.#options = options;
    this.#pace = new FunctionPace(options.limits.coldStartAfterMs);
  }

  /** Starts an environment if there is none, so that the first invocation finds it on its way. */
  warm(): void {
    if (this.#environments.size + this.#initializing === 0) this.#grow(1);
  }

  /** Runs one invocation. */
  run(event: string, onEnd: PendingInvocation["onEnd"]): void {
    const sinceMs = performance.now();
    this.#dispatch({ requestId: lambdaRequestId(), event, sinceMs, onEnd, isSecondTry: false });
  }

  /**
   * Serves invocations that have waited for long enough, by cold starts where threads are left.
   *
   * @param mayTakeBack whether what was sent to an environment that makes no progress is taken back
   */
  wake(mayTakeBack = true): void {
    clearTimeout(this.#wakeTimer);
    this.#wakeTimer = undefined;
    this.#busy.receive();
    if (mayTakeBack) this.#busy.reclaimStuck(this.#pace.waitMs);
    let [first] = this.#waiting;
    while (first !== undefined && this.#pace.isOverdue(first)) {
      const environment = this.#idle.take(first);
      if (environment === undefined) {
        this.#grow();
        return;
      }
      this.#waiting.shift();
      this.#runIn(environment, first);
      [first] = this.#waiting;
    }
    this.#wakeLater(first !== undefined);
  }

  /** Ends environments that have been idle since before a time, save the few that stay warm. */
  endIdle(beforeMs: number): void {
    for (const environment of this.#idle.surplus(beforeMs, this.#options.limits.warmEnvironments)) {
      this.#drop(environment);
    }
  }

  /** Ends one idle environment; false where there is none. */
  endOneIdle(): boolean {
    const oldest = this.#idle.oldest();
    if (oldest === undefined) {
      return false;
    }
    this.#drop(oldest);
    return true;
  }

  /** Ends each environment as soon as it has nothing to do; what still comes is served. */
  retire(): void {
    this.#isRetired = true;
    while (this.endOneIdle());
  }

  /** Ends all environments; resolves when the last thread is gone. */
  async close(): Promise<void> {
    this.#isClosed = true;
    clearTimeout(this.#wakeTimer);
    this.#refuseWaiting();
    await Promise.all([...this.#environments].map((environment) => environment.end()));
    await Promise.all(this.#starting);
  }

  #dispatch(pending: PendingInvocation): void {
    const environment = this.#isClosed ? undefined : this.#environmentFor(pending);
    if (environment !== undefined) {
      this.#runIn(environment, pending);
      return;
    }
    this.#waiting.push(pending);
    if (this.#isClosed) {
      this.#refuseWaiting();
    } else if (this.#environments.size + this.#initializing === 0) {
      this.#grow();
    } else if (this.#pace.isOverdue(pending)) {
      this.wake();
    } else {
      this.#wakeLater(true);
    }
  }

  /** An idle environment, or a busy one that will soon be free; undefined where there is none. */
  #environmentFor(pending: PendingInvocation): FunctionEnvironment | undefined {
    // More threads than processors make fast functions slower.
    const isWorthWaiting = this.#pace.isFast && this.#busy.size >= this.#options.limits.parallelism;
    const idle = isWorthWaiting ? undefined : this.#idle.take(pending);
    if (idle !== undefined || !this.#pace.isFast || pending.isSecondTry) {
      return idle;
    }
    return this.#busy.soonFree(this.#pace.waitMs);
  }

  /**
   * A busy environment may be free before another one could start.
   *
   * @param isAwaited whether one waits that is not overdue. Who found it so says so: asked once more it may be overdue,
   *   and nobody would wake it.
   */
  #wakeLater(isAwaited: boolean): void {
    if (this.#wakeTimer !== undefined) return;
    if (isAwaited || this.#busy.isAnySentAhead) {
      const dueMs = performance.now() + this.#pace.waitMs;
      this.#wakeTimer = setTimeout(() => this.#wakeUnlessLate(dueMs), this.#pace.waitMs);
    }
  }

  /** What held this thread up may have held up the others, too: they get their time anew, once. */
  #wakeUnlessLate(dueMs: number): void {
    const isLate = performance.now() - dueMs > this.#pace.waitMs / 2;
    this.#wasLate = isLate && !this.#wasLate;
    if (this.#wasLate) this.#pace.noteProgress();
    this.wake(!this.#wasLate);
  }

  #runIn(environment: FunctionEnvironment, pending: PendingInvocation): void {
    const { requestId, event } = pending;
    const initDurationMs = this.#coldStartMs.get(environment);
    this.#coldStartMs.delete(environment);
    if (environment.load === 0) {
      this.#busy.add(environment);
      this.#options.watch.add(environment);
    }
    environment.invoke(requestId, event, (response) =>
      this.#ended(environment, pending, response, initDurationMs),
    );
    const [first] = this.#waiting;
    this.#wakeLater(first !== undefined && !this.#pace.isOverdue(first));
  }

  #ended(
    environment: FunctionEnvironment,
    pending: PendingInvocation,
    response: InvocationResponse | undefined,
    initDurationMs: number | undefined,
  ): void {
    if (environment.load === 0 && this.#busy.remove(environment)) {
      this.#options.watch.remove(environment);
      if (environment.isUsable) this.#release(environment);
      else this.#drop(environment);
    }
    if (response === undefined) {
      const isSecondTry = pending.isSecondTry || !environment.isUsable;
      this.#dispatch({ ...pending, isSecondTry });
      return;
    }
    this.#pace.noteResponse(response.durationMs);
    if (!pending.isSecondTry && isBroughtDown(response)) {
      this.#dispatch({ ...pending, isSecondTry: true });
    } else {
      const { requestId } = pending;
      pending.onEnd({ kind: "responded", requestId, initDurationMs, response });
    }
  }

  #release(environment: FunctionEnvironment): void {
    do {
      const index = this.#waiting.findIndex((pending) => isFit(environment, pending));
      const [next] = index < 0 ? [] : this.#waiting.splice(index, 1);
      if (next === undefined) break;
      this.#runIn(environment, next);
    } while (this.#pace.isFast && environment.load < MOST_AHEAD);
    if (environment.load > 0) {
      return;
    }
    if (this.#isRetired || this.#options.budget.isWanted()) {
      this.#drop(environment);
    } else {
      this.#idle.add(environment);
    }
  }

  /** Whether the function can be loaded is tried once before several are started. */
  #grow(wanted = this.#waiting.length): void {
    const { limits, budget } = this.#options;
    const most = this.#ready.size === 0 ? 1 : limits.coldStarts;
    while (this.#initializing < Math.min(wanted, most) && budget.take()) {
      this.#initializing += 1;
      const starting = this.#startEnvironment();
      this.#starting.add(starting);
      void starting.then(() => this.#starting.delete(starting));
    }
  }

  async #startEnvironment(): Promise<void> {
    const { start, watch, budget } = this.#options;
    let environment: FunctionEnvironment;
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
    void environment.ended.then(() => this.#forget(environment));
    if (this.#isClosed) {
      this.#initializing -= 1;
      return environment.end();
    }
    watch.add(environment);
    const outcome = await environment.initialized;
    watch.remove(environment);
    this.#initializing -= 1;
    if (outcome.kind === "failed") {
      this.#drop(environment);
      this.#failWaiting(outcome.error, outcome.lines);
      return;
    }
    if (this.#ready.size === 0) this.#pace.noteProgress();
    this.#ready.add(environment);
    this.#coldStartMs.set(environment, outcome.durationMs);
    this.#release(environment);
    this.wake();
  }

  /** The code is the same for all that wait: what cannot be loaded for one fails all of them. */
  #failWaiting(error: FunctionError, lines: readonly string[]): void {
    const count = this.#ready.size > 0 ? 1 : this.#waiting.length;
    failPending(this.#waiting.splice(0, count), error, lines);
    this.wake();
  }

  #refuseWaiting(): void {
    const message = "The local CloudFront was closed";
    failPending(this.#waiting.splice(0), {
      type: "Runtime.Closed",
      message,
      stack: undefined,
    });
  }

  #drop(environment: FunctionEnvironment): void {
    this.#ready.delete(environment);
    this.#idle.remove(environment);
    void environment.end();
  }

  /** The thread is gone: what waits for one may start. */
  #forget(environment: FunctionEnvironment): void {
    this.#drop(environment);
    this.#environments.delete(environment);
    this.#options.budget.giveBack();
  }
}
