import type { LoggedRequest } from "../access-log/logged-request.ts";
import type { Clock } from "../clock.ts";

/** The request that is replayed now: its line, and the time of the virtual clock. */
export class ReplayMoment implements Clock {
  #nowMs = 0;
  #logged: LoggedRequest | undefined;
  #sent = 0;

  now(): number {
    return this.#nowMs;
  }

  /** The line of the request. */
  get logged(): LoggedRequest {
    if (this.#logged === undefined) throw new TypeError("No request is replayed.");
    return this.#logged;
  }

  /** How many requests were sent so far: a line may stand for several. */
  get sent(): number {
    return this.#sent;
  }

  /** Moves the clock to the time of a request, never backwards; returns whether the request came late. */
  begin(logged: LoggedRequest): boolean {
    this.#logged = logged;
    this.#sent += 1;
    const isLate = logged.receivedAtMs < this.#nowMs;
    if (!isLate) this.#nowMs = logged.receivedAtMs;
    return isLate;
  }
}
