import { AsyncLocalStorage } from "node:async_hooks";
import type { LoggedRequest } from "../access-log/logged-request.ts";
import type { Clock } from "../clock.ts";

/** A request on its way through one distribution. */
export interface SentRequest {
  /** Its line. */
  readonly logged: LoggedRequest;
  /** When it was received, by the virtual clock. */
  readonly nowMs: number;
  /** How often origins were asked for it. */
  originRequests: number;
  /** How often an origin responded with an assumed 200. */
  unknownResponses: number;
}

/** The virtual clock of a replay. Several requests are under way at once: whoever serves one sees its time and its line. */
export class ReplayMoment implements Clock {
  readonly #sent = new AsyncLocalStorage<SentRequest>();
  #latestMs = 0;

  now(): number {
    return this.#sent.getStore()?.nowMs ?? this.#latestMs;
  }

  /** The request that is being served. */
  get sent(): SentRequest {
    const sent = this.#sent.getStore();
    if (sent === undefined) throw new TypeError("No request is replayed.");
    return sent;
  }

  /** Moves the clock to the time of a request, never backwards; returns whether the request came late. */
  advance({ receivedAtMs }: LoggedRequest): boolean {
    const isLate = receivedAtMs < this.#latestMs;
    if (!isLate) this.#latestMs = receivedAtMs;
    return isLate;
  }

  /** Returns the request of a line, received now. */
  request(logged: LoggedRequest): SentRequest {
    return { logged, nowMs: this.#latestMs, originRequests: 0, unknownResponses: 0 };
  }

  /** Serves a request. */
  serve<T>(sent: SentRequest, serve: () => Promise<T>): Promise<T> {
    return this.#sent.run(sent, serve);
  }
}
