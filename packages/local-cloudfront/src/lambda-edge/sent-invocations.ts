import type { MessagePort } from "node:worker_threads";
import type { InvocationAnswer, NotBegun } from "./execution-environment.ts";
import type { EventTexts } from "./invocation-event.ts";
import { KnownTexts } from "./known-texts.ts";
import type { InvocationBatch } from "./worker-messages.ts";

/** Takes the answer of an invocation, or word that it was not begun. */
export type OnAnswer = (answer: InvocationAnswer | NotBegun) => void;

interface SentInvocation {
  readonly number: number;
  readonly requestId: string;
  readonly event: EventTexts;
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
  /** The number of the first one that has not left this thread yet; undefined where all have. */
  #unsent: number | undefined;
  readonly #knownTexts = new KnownTexts();
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
    if (this.#unsent === undefined) {
      this.#unsent = number;
      this.#flushLater(number, 1);
    }
    this.#queue.push({ number, requestId, event, onAnswer });
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
    this.#unsent = undefined;
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
      const first = this.#unsent;
      if (first === undefined) return;
      if (this.#nextNumber > known && turn < MOST_TURNS && this.#queue.length > 1) {
        this.#flushLater(this.#nextNumber, turn + 1);
        return;
      }
      this.#unsent = undefined;
      this.#flush(first);
    });
  }

  #flush(first: number): void {
    let batch: InvocationBatch | undefined;
    for (const { number, requestId, event } of this.#queue) {
      if (number < first) continue;
      const { config, request, response } = event;
      if (batch !== undefined && !isOfSameKind(batch.config, config)) {
        this.#port.postMessage(batch);
        batch = undefined;
      }
      batch ??= { first: number, config, parts: [] };
      batch.parts.push(
        requestId,
        config.requestId,
        this.#knownTexts.sentFor(request),
        response === undefined ? undefined : this.#knownTexts.sentFor(response),
      );
    }
    this.#port.postMessage(batch);
  }
}

/** Whether two events have the same config, but for the id of the request. */
function isOfSameKind(a: EventTexts["config"], b: EventTexts["config"]): boolean {
  return (
    a.distributionId === b.distributionId &&
    a.eventType === b.eventType &&
    a.distributionDomainName === b.distributionDomainName
  );
}
