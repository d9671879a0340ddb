import type { FunctionEnvironment } from "../thread/function-environment.ts";
import { isFit } from "./pending-invocation.ts";
import type { PendingInvocation } from "./pending-invocation.ts";

interface IdleEnvironment {
  readonly environment: FunctionEnvironment;
  readonly sinceMs: number;
}

/** The warm environments of a function that wait for an invocation. */
export class IdleEnvironments {
  /** The last one was used last. */
  readonly #idle: IdleEnvironment[] = [];

  /** Adds an environment whose invocations have ended. */
  add(environment: FunctionEnvironment): void {
    this.#idle.push({ environment, sinceMs: performance.now() });
  }

  /** Takes the environment that was used last, so that surplus ones grow old; undefined where none fits. */
  take(pending: PendingInvocation): FunctionEnvironment | undefined {
    const index = this.#idle.findLastIndex(({ environment }) => isFit(environment, pending));
    const [found] = index < 0 ? [] : this.#idle.splice(index, 1);
    return found?.environment;
  }

  /** Forgets an environment. */
  remove(environment: FunctionEnvironment): void {
    const index = this.#idle.findIndex((one) => one.environment === environment);
    if (index >= 0) {
      this.#idle.splice(index, 1);
    }
  }

  /** Returns the environment that has been idle for longest. */
  oldest(): FunctionEnvironment | undefined {
    return this.#idle[0]?.environment;
  }

  /** Returns those that have been idle since before a time, save the number that stays warm. */
  surplus(beforeMs: number, warm: number): readonly FunctionEnvironment[] {
    return this.#idle
      .slice(0, Math.max(0, this.#idle.length - warm))
      .filter(({ sinceMs }) => sinceMs < beforeMs)
      .map(({ environment }) => environment);
  }
}
