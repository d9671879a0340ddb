import type { Worker } from "node:worker_threads";
import { FunctionChannel } from "../channel/function-channel.ts";
import type { FunctionError, ThreadMessage, ThreadSetup } from "../channel/thread-messages.ts";
import {
  blockedFault,
  exitFault,
  malformedMessageFault,
  memoryFault,
  timeoutFault,
  workerErrorFault,
} from "./runtime-fault.ts";
import type { RuntimeFault } from "./runtime-fault.ts";
import type { FunctionEnvironment } from "./function-environment.ts";
import type { FunctionThread } from "./start-thread.ts";
import { Progress } from "./progress.ts";
import { WorkerGauge } from "./worker-gauge.ts";

/** What an execution environment is made of. */
export interface ExecutionEnvironmentOptions {
  readonly thread: FunctionThread;
  readonly setup: Omit<ThreadSetup, "claims" | "ring">;
  readonly initTimeoutMs: number;
  /** Takes every line that the function logs, as it comes. */
  readonly onLogLine: (line: string) => void;
}

/** How the loading of a function's code went. */
export type InitOutcome =
  | { readonly kind: "ready"; readonly durationMs: number }
  | { readonly kind: "failed"; readonly error: FunctionError; readonly lines: readonly string[] };

/** How one invocation went. */
export type InvocationResponse = {
  readonly durationMs: number;
  readonly memoryMb: number;
  /** What the function logged. */
  readonly lines: readonly string[];
  /**
   * JSON texts: what the members of a composed function returned, as far as they ran.
   * @default - it is not composed
   */
  readonly memberResults?: readonly string[];
  /** Whether an earlier invocation had left timers or sockets behind when this one began. */
  readonly hadLeftovers: boolean;
} & InvocationOutcome;

type InvocationOutcome =
  | { readonly kind: "result"; readonly result: string }
  | ({ readonly kind: "fault" } & RuntimeFault);

/** Time without a pause after which a thread is busy with something that will not end. */
const BLOCKED_AFTER_MS = 250;
/** Time after which a running function's memory is looked at. */
const MEMORY_WATCH_AFTER_MS = 20;

/**
 * One worker thread that runs one function, one invocation at a time. Several may be sent at once:
 * they wait in the thread, and can be reclaimed while they have not begun. Whatever the function
 * does to its thread ends in a response.
 */
export class ExecutionEnvironment implements FunctionEnvironment {
  readonly ended: Promise<void>;
  hasLeftovers = false;

  readonly #options: ExecutionEnvironmentOptions;
  readonly #worker: Worker;
  readonly #gauge: WorkerGauge;
  readonly #channel: FunctionChannel<InvocationResponse>;
  readonly #startedMs = performance.now();
  readonly #init = Promise.withResolvers<InitOutcome>();
  readonly #progress = new Progress();
  #lines: string[] = [];
  #memberResults: string[] = [];
  #memoryMb = 0;
  #fatal: RuntimeFault | undefined;
  #isReady = false;
  #isAlive = true;

  constructor(options: ExecutionEnvironmentOptions) {
    this.#options = options;
    const { worker, port } = options.thread;
    this.#channel = new FunctionChannel(port, {
      onMessage: (message) => this.#receive(message),
      onMalformedMessage: () => this.#fail(malformedMessageFault()),
    });
    this.#channel.open(options.setup);
    this.#worker = worker;
    this.#gauge = new WorkerGauge(worker);
    this.ended = new Promise((resolve) => {
      worker.once("exit", (status) => {
        this.#settleExit(status);
        resolve();
      });
    });
    worker.on("error", (thrown) => {
      this.#fatal ??= workerErrorFault(thrown);
    });
  }

  get initialized(): Promise<InitOutcome> {
    return this.#init.promise;
  }

  get isUsable(): boolean {
    return this.#isAlive && this.#fatal === undefined;
  }

  get load(): number {
    return this.#channel.count;
  }

  get sinceProgressMs(): number {
    return this.#progress.sinceStartMs;
  }

  invoke(
    requestId: string,
    event: string,
    onEnd: (response: InvocationResponse | undefined) => void,
  ): void {
    if (this.load === 0) this.#progress.restart();
    this.#channel.send({ requestId, event, onEnd });
  }

  receive(): void {
    this.#channel.receive();
  }

  reclaimUnstarted(): void {
    this.#channel.reclaimUnstarted();
    // What has ended by then has begun.
    this.receive();
  }

  check(passedMs: number): void {
    this.receive();
    this.#progress.pass(passedMs);
    const { setup, initTimeoutMs } = this.#options;
    if (this.load > 0) this.#checkInvocation(setup.timeoutMs);
    else if (!this.#isReady) this.#checkInit(initTimeoutMs);
  }

  async end(): Promise<void> {
    await this.#worker.terminate();
    await this.ended;
  }

  #checkInit(limitMs: number): void {
    if (this.#progress.passedMs >= limitMs) this.#fail(timeoutFault("Init", limitMs));
    else void this.#checkMemory();
  }

  #checkInvocation(limitMs: number): void {
    const { isFirstBegun } = this.#channel;
    // The time that loading took does not count.
    const busyMs = Math.min(this.#gauge.busyMs(), this.#progress.passedMs);
    const isBlocked = (!isFirstBegun || this.hasLeftovers) && busyMs >= BLOCKED_AFTER_MS;
    if (this.#progress.passedMs >= limitMs) {
      this.#fail(isBlocked ? blockedFault() : timeoutFault("Task", limitMs));
    } else if (isBlocked && !isFirstBegun) {
      this.#fail(blockedFault());
    } else if (this.#progress.passedMs >= MEMORY_WATCH_AFTER_MS) {
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

  #receive(message: ThreadMessage): void {
    switch (message.kind) {
      case "log":
        this.#lines.push(message.entry);
        this.#options.onLogLine(message.entry);
        break;
      case "member":
        this.#memberResults.push(message.result);
        break;
      case "ready":
        this.#isReady = true;
        this.#init.resolve({ kind: "ready", durationMs: performance.now() - this.#startedMs });
        break;
      case "init-error":
      case "crash":
        this.#fail({ fault: "crash", error: message.error });
        break;
      case "result":
      case "error":
        if (this.#channel.isFirstBegun) this.#endInvocation(message);
        else this.#fail(malformedMessageFault());
    }
  }

  #endInvocation(message: Extract<ThreadMessage, { readonly durationMs: number }>): void {
    const { memoryMb, durationMs } = message;
    const { hasLeftovers: hadLeftovers } = this;
    this.hasLeftovers = message.hasLeftovers;
    if (this.#noteMemory(memoryMb)) {
      this.#fatal ??= memoryFault();
      this.#endFirst({ kind: "fault", ...memoryFault() }, durationMs, hadLeftovers);
      this.#fail(memoryFault());
    } else if (message.kind === "result") {
      this.#endFirst({ kind: "result", result: message.result }, durationMs, hadLeftovers);
    } else {
      const { error } = message;
      this.#endFirst({ kind: "fault", fault: "error", error }, durationMs, hadLeftovers);
    }
  }

  /** Ends the invocation that was sent first. */
  #endFirst(outcome: InvocationOutcome, durationMs: number, hadLeftovers: boolean): void {
    const lines = this.#lines;
    const memberResults = this.#memberResults;
    this.#lines = [];
    this.#memberResults = [];
    this.#progress.restart();
    this.#channel.endFirst({
      ...outcome,
      durationMs,
      memoryMb: this.#memoryMb,
      lines,
      memberResults,
      hadLeftovers,
    });
  }

  /** Gives up on the thread and responds at once: the thread may take its time to end. */
  #fail(found: RuntimeFault): void {
    this.#fatal ??= found;
    void this.#worker.terminate();
    this.#settleFatal(this.#fatal);
  }

  #settleExit(status: number): void {
    this.#isAlive = false;
    this.receive();
    this.#channel.close();
    this.#settleFatal(this.#fatal ?? exitFault(status));
  }

  /** Only what has begun fails with the thread. */
  #settleFatal(found: RuntimeFault): void {
    this.#init.resolve({ kind: "failed", error: found.error, lines: this.#lines });
    this.#channel.reclaimUnstarted();
    while (this.load > 0) {
      this.#endFirst({ kind: "fault", ...found }, this.sinceProgressMs, this.hasLeftovers);
    }
  }
}
