import type { CacheTurn } from "../edge-location/request-context.ts";

/** The turn of one request. */
export interface Turn {
  readonly take: CacheTurn;
  /** Lets the next request go on, when all before it have; has no effect after `take`. */
  leave(): void;
}

/** Lets requests that are under way at once into a cache one after the other, in the order of the log. */
export class CacheTurns {
  #last: Promise<void> = Promise.resolve();

  /** Returns the turn after those that were returned before. */
  next(): Turn {
    const before = this.#last;
    const { promise, resolve } = Promise.withResolvers<void>();
    this.#last = promise;
    return {
      async take(work) {
        await before;
        try {
          return await work();
        } finally {
          resolve();
        }
      },
      leave: () => resolve(before),
    };
  }
}
