import type { MessagePort } from "node:worker_threads";
import type { InvocationAnswer, NotBegun } from "./execution-environment.ts";
import type { EventTexts } from "./invocation-event.ts";
import type { InvocationBatch } from "./worker-messages.ts";

/** Takes the answer of an invocation, or word that it was not begun. */
export type OnAnswer = (answer: InvocationAnswer | NotBegun) => void;

interface SentInvocation {
  readonly number: number;
  readonly onAnswer: OnAnswer;
}

/** For how many turns of the event loop invocations are gathered while more of them come. */
const MOST_TURNS = 4;

/**
 * The invocations that were sent to one worker thread and have no answer yet. Those that come
 * together go in one message: each message costs more than most functions do.
 */
export class SentInvocations {
  /** Shared with the thread: the number of the invocation that may begin next. */
  readonly claims = new Int32Array(new SharedArrayBuffer(4));
  readonly #port: MessagePort;
  /** The first one runs, or is the next to run. */
  #queue: SentInvocation[] = [];
  #nextNumber = 0;
  /** What has not left this thread yet. */
  #batch: { readonly first: number; readonly texts: string[] } | undefined;
  #passedMs = 0;
  #progressMs = performance.now();

  constructor(port: MessagePort) {
    this.#port = port;
  }

  get count(): number {
    return this.#queue.length;
  }

  /** When an invocation was answered, or sent to the idle thread. */
  get progressMs(): number {
    return this.#progressMs;
  }

  /** Whether the thread has begun the first one. */
  get isFirstBegun(): boolean {
    const [first] = this.#queue;
    return first !== undefined && Atomics.load(this.claims, 0) > first.number;
  }

  /** Sends one; `onAnswer` is called when it is answered or taken back. */
  send(requestId: string, event: EventTexts, onAnswer: OnAnswer): void {
    if (this.#queue.length === 0) this.#noteProgress();
    const number = this.#nextNumber;
    this.#nextNumber += 1;
    if (this.#batch === undefined) {
      this.#batch = { first: number, texts: [] };
      this.#flushLater(0, 1);
    }
    const { config, request, response = "" } = event;
    this.#batch.texts.push(requestId, config, request, response);
    this.#queue.push({ number, onAnswer });
  }

  /** Answers the first one; does nothing where there is none. */
  answerFirst(answer: InvocationAnswer): void {
    const first = this.#queue.shift();
    this.#noteProgress();
    first?.onAnswer(answer);
  }

  /** Takes back those that the thread has not begun: it will not begin them any more. */
  takeBack(): void {
    let next = Atomics.load(this.claims, 0);
    for (;;) {
      const found = Atomics.compareExchange(this.claims, 0, next, this.#nextNumber);
      if (found === next) break;
      next = found;
    }
    this.#batch = undefined;
    const queue = this.#queue;
    this.#queue = queue.filter(({ number }) => number < next);
    for (const { number, onAnswer } of queue) {
      if (number >= next) onAnswer({ kind: "not-begun" });
    }
  }

  /**
   * Counts time towards the first one and returns what is used up, in milliseconds.
   *
   * @param passedMs since the last call, as far as it counts
   */
  pass(passedMs: number): number {
    // The first look may come sooner after the start than after the look before.
    this.#passedMs = Math.min(this.#passedMs + passedMs, performance.now() - this.#progressMs);
    return this.#passedMs;
  }

  #noteProgress(): void {
    this.#progressMs = performance.now();
    this.#passedMs = 0;
  }

  /** While each turn brings more, the thread is not woken: where one core has both, it takes over. */
  #flushLater(known: number, turn: number): void {
    setImmediate(() => {
      const batch: InvocationBatch | undefined = this.#batch;
      if (batch === undefined) return;
      const { length } = batch.texts;
      if (length > known && turn < MOST_TURNS && this.#queue.length > 1) {
        this.#flushLater(length, turn + 1);
        return;
      }
      this.#batch = undefined;
      this.#port.postMessage(batch);
    });
  }
}
