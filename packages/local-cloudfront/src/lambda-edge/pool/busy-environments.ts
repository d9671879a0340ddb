import type { FunctionEnvironment } from "../thread/function-environment.ts";

/** How many invocations of a fast function are sent to one environment ahead of their turn. */
export const MOST_AHEAD = 32;

/** The environments of a function that run an invocation. */
export class BusyEnvironments {
  readonly #busy = new Set<FunctionEnvironment>();

  get size(): number {
    return this.#busy.size;
  }

  /** Whether an invocation waits in an environment behind another one. */
  get isAnySentAhead(): boolean {
    for (const { load } of this.#busy) {
      if (load > 1) return true;
    }
    return false;
  }

  add(environment: FunctionEnvironment): void {
    this.#busy.add(environment);
  }

  /** Returns false where it was not there. */
  remove(environment: FunctionEnvironment): boolean {
    return this.#busy.delete(environment);
  }

  /** Returns the one that will be free first, of those that make progress; undefined where there is none. */
  soonFree(waitMs: number): FunctionEnvironment | undefined {
    let best: FunctionEnvironment | undefined;
    for (const environment of this.#busy) {
      const isBetter = environment.load < (best?.load ?? MOST_AHEAD);
      if (isBetter && environment.isUsable && environment.sinceProgressMs < waitMs) {
        best = environment;
      }
    }
    return best;
  }

  /** Receives the responses that have come: nobody is slow because this thread had no time to read them. */
  receive(): void {
    for (const environment of Array.from(this.#busy)) environment.receive();
  }

  /** Takes back what was sent ahead to those that make no progress. */
  reclaimStuck(waitMs: number): void {
    for (const environment of Array.from(this.#busy)) {
      if (environment.load > 1 && environment.sinceProgressMs >= waitMs) {
        environment.reclaimUnstarted();
      }
    }
  }
}
