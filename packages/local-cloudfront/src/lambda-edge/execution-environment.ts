import type { MessagePort, Worker } from "node:worker_threads";
import type { EventTexts } from "./invocation-event.ts";
import { MessageInbox } from "./message-inbox.ts";
import { ringMemory } from "./message-ring.ts";
import {
  blockedFault,
  exitFault,
  memoryFault,
  timeoutFault,
  workerErrorFault,
} from "./runtime-fault.ts";
import type { RuntimeFault } from "./runtime-fault.ts";
import type { FunctionThread } from "./start-thread.ts";
import { WorkerGauge } from "./worker-gauge.ts";
import { SentInvocations, type OnAnswer } from "./sent-invocations.ts";
import type { FunctionError, WorkerMessage, WorkerSetup } from "./worker-messages.ts";

/** What an execution environment is made of. */
export interface ExecutionEnvironmentOptions {
  readonly thread: FunctionThread;
  readonly setup: Omit<WorkerSetup, "claims" | "ring">;
  readonly initTimeoutMs: number;
  /** Takes every line that the function logs, as it comes. */
  readonly onLogLine: (line: string) => void;
}

/** How the loading of a function's code went. */
export type InitOutcome =
  | { readonly kind: "ready"; readonly durationMs: number }
  | { readonly kind: "failed"; readonly error: FunctionError; readonly lines: readonly string[] };

/** How one invocation went. */
export type InvocationAnswer = {
  readonly durationMs: number;
  readonly memoryMb: number;
  /** What the function logged. */
  readonly lines: readonly string[];
  /** Whether an earlier invocation had left timers or sockets behind when this one began. */
  readonly hadLeftovers: boolean;
} & (
  | { readonly kind: "result"; readonly result: string }
  | ({ readonly kind: "fault" } & RuntimeFault)
);

/** An invocation that this environment has not begun, and will not begin any more. */
export interface NotBegun {
  readonly kind: "not-begun";
}

/** Time without a pause after which a thread is busy with something that will not end. */
const BLOCKED_AFTER_MS = 250;
/** Time after which a running function's memory is looked at. */
const MEMORY_WATCH_AFTER_MS = 20;

/**
 * One worker thread that runs one function, one invocation at a time. Several may be sent at once:
 * they wait in the thread, and can be taken back while they have not begun. Whatever the function
 * does to its thread ends in an answer.
 */
export class ExecutionEnvironment {
  /** Resolves when the handler is loaded or cannot be. */
  readonly initialized: Promise<InitOutcome>;
  /** Resolves when the thread is gone. */
  readonly ended: Promise<void>;
  /** Whether an answered invocation left timers or sockets behind. */
  hasLeftovers = false;

  readonly #options: ExecutionEnvironmentOptions;
  readonly #worker: Worker;
  readonly #gauge: WorkerGauge;
  readonly #port: MessagePort;
  readonly #inbox: MessageInbox;
  readonly #sent: SentInvocations;
  readonly #startedMs = performance.now();
  #initPassedMs = 0;
  #resolveInit: ((outcome: InitOutcome) => void) | undefined;
  #lines: string[] = [];
  #memoryMb = 0;
  #fatal: RuntimeFault | undefined;
  #isReady = false;
  #isAlive = true;

  constructor(options: ExecutionEnvironmentOptions) {
    this.#options = options;
    const { worker, port } = options.thread;
    const ring = ringMemory();
    this.#port = port;
    this.#sent = new SentInvocations(port);
    this.#inbox = new MessageInbox(port, ring, () => this.#readMessages());
    this.initialized = new Promise((resolve) => {
      this.#resolveInit = resolve;
    });
    const { claims } = this.#sent;
    const setup: WorkerSetup = { ...options.setup, claims, ring };
    port.postMessage(setup);
    this.#worker = worker;
    this.#gauge = new WorkerGauge(this.#worker);
    this.ended = new Promise((resolve) => {
      this.#worker.once("exit", (status) => {
        this.#settleExit(status);
        resolve();
      });
    });
    this.#worker.on("error", (thrown) => {
      this.#fatal ??= workerErrorFault(thrown);
    });
    // The inbox listens, which takes it back into account.
    this.#port.unref();
  }

  /** Whether invocations may be sent: the thread lives and nothing has gone wrong in it. */
  get isUsable(): boolean {
    return this.#isAlive && this.#fatal === undefined;
  }

  /** How many invocations were sent and have no answer. */
  get load(): number {
    return this.#sent.count;
  }

  /** Milliseconds since an invocation was sent to the idle environment, or one was answered. */
  get sinceProgressMs(): number {
    return performance.now() - this.#sent.progressMs;
  }

  /**
   * Sends one invocation, which runs after those that were sent before. The environment has to be
   * usable.
   *
   * @param onAnswer called later, once
   */
  invoke(requestId: string, event: EventTexts, onAnswer: OnAnswer): void {
    this.#sent.send(requestId, event, onAnswer);
  }

  /** Hands over the answers that have come, also where this thread was not told of them yet. */
  readAnswers(): void {
    this.#readMessages();
  }

  /** Takes back what has not begun, to be run elsewhere. */
  takeBack(): void {
    this.#sent.takeBack();
    // What it answered until then has begun.
    this.#readMessages();
  }

  /** Ends what takes too long or too much memory; called again and again while it runs. */
  check(passedMs: number): void {
    this.#readMessages();
    const { setup, initTimeoutMs } = this.#options;
    if (this.#sent.count > 0) {
      this.#checkInvocation(this.#sent.pass(passedMs), setup.timeoutMs);
    } else if (!this.#isReady) {
      const elapsedMs = performance.now() - this.#startedMs;
      this.#initPassedMs = Math.min(this.#initPassedMs + passedMs, elapsedMs);
      this.#checkInit(this.#initPassedMs, initTimeoutMs);
    }
  }

  /** Ends the thread, whatever it does. */
  async end(): Promise<void> {
    await this.#worker.terminate();
    await this.ended;
  }

  #checkInit(elapsedMs: number, limitMs: number): void {
    if (elapsedMs >= limitMs) {
      this.#fail(timeoutFault("Init", limitMs));
    } else {
      void this.#checkMemory();
    }
  }

  #checkInvocation(elapsedMs: number, limitMs: number): void {
    const isBegun = this.#sent.isFirstBegun;
    // The time that loading took does not count.
    const busyMs = Math.min(this.#gauge.busyMs(), elapsedMs);
    const isBlocked = (!isBegun || this.hasLeftovers) && busyMs >= BLOCKED_AFTER_MS;
    if (elapsedMs >= limitMs) {
      this.#fail(isBlocked ? blockedFault() : timeoutFault("Task", limitMs));
    } else if (isBlocked && !isBegun) {
      this.#fail(blockedFault());
    } else if (elapsedMs >= MEMORY_WATCH_AFTER_MS) {
      void this.#checkMemory();
    }
  }

  async #checkMemory(): Promise<void> {
    const memoryMb = await this.#gauge.memoryMb();
    if (memoryMb !== undefined && this.#noteMemory(memoryMb)) this.#fail(memoryFault());
  }

  /** Returns whether it is more than the function has. */
  #noteMemory(memoryMb: number): boolean {
    this.#memoryMb = Math.max(this.#memoryMb, memoryMb);
    return memoryMb > this.#options.setup.memoryMb;
  }

  #readMessages(): void {
    let message = this.#inbox.read();
    while (message !== undefined) {
      this.#receive(message);
      message = this.#inbox.read();
    }
  }

  #receive(message: WorkerMessage): void {
    switch (message.kind) {
      case "log":
        this.#lines.push(message.entry);
        this.#options.onLogLine(message.entry);
        break;
      case "ready":
        this.#isReady = true;
        this.#settleInit({ kind: "ready", durationMs: performance.now() - this.#startedMs });
        break;
      case "init-error":
      case "crash":
        this.#fail({ fault: "crash", error: message.error });
        break;
      case "result":
      case "error": {
        const { memoryMb, durationMs } = message;
        const isTooMuch = this.#noteMemory(memoryMb);
        const { hasLeftovers: hadLeftovers } = this;
        this.hasLeftovers = message.hasLeftovers;
        if (isTooMuch) this.#fatal ??= memoryFault();
        const answer =
          message.kind === "result"
            ? { kind: message.kind, result: message.result }
            : ({ kind: "fault", fault: "error", error: message.error } as const);
        const given = isTooMuch ? ({ kind: "fault", ...memoryFault() } as const) : answer;
        this.#answerFirst(given, durationMs, hadLeftovers);
        if (isTooMuch) this.#fail(memoryFault());
      }
    }
  }

  /** Answers the invocation that was sent first. */
  #answerFirst(
    answer: { kind: "result"; result: string } | ({ readonly kind: "fault" } & RuntimeFault),
    durationMs: number,
    hadLeftovers: boolean,
  ): void {
    const lines = this.#lines;
    this.#lines = [];
    this.#sent.answerFirst({
      ...answer,
      durationMs,
      memoryMb: this.#memoryMb,
      lines,
      hadLeftovers,
    });
  }

  #settleInit(outcome: InitOutcome): void {
    this.#resolveInit?.(outcome);
    this.#resolveInit = undefined;
  }

  /** Gives up on the thread and answers at once: the thread may take its time to end. */
  #fail(found: RuntimeFault): void {
    this.#fatal ??= found;
    void this.#worker.terminate();
    this.#settleFatal(this.#fatal);
  }

  #settleExit(status: number): void {
    this.#isAlive = false;
    this.#readMessages();
    this.#port.close();
    this.#settleFatal(this.#fatal ?? exitFault(status));
  }

  /** Only what has begun fails with the thread. */
  #settleFatal(found: RuntimeFault): void {
    this.#settleInit({ kind: "failed", error: found.error, lines: this.#lines });
    this.takeBack();
    while (this.#sent.count > 0) {
      this.#answerFirst({ kind: "fault", ...found }, this.sinceProgressMs, this.hasLeftovers);
    }
  }
}
