import { MessageChannel, receiveMessageOnPort } from "node:worker_threads";
import type { MessagePort, Worker } from "node:worker_threads";
import {
  blockedFault,
  exitFault,
  memoryFault,
  timeoutFault,
  workerErrorFault,
} from "./runtime-fault.ts";
import type { RuntimeFault } from "./runtime-fault.ts";
import { startWorker } from "./start-worker.ts";
import { WorkerGauge } from "./worker-gauge.ts";
import type {
  FunctionError,
  InvokeMessage,
  WorkerMessage,
  WorkerSetup,
} from "./worker-messages.ts";

/** What an execution environment is made of. */
export interface ExecutionEnvironmentOptions {
  readonly setup: Omit<WorkerSetup, "port" | "begun">;
  /** All the environment variables that the function sees. */
  readonly environmentVariables: Readonly<Record<string, string>>;
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
} & (
  | { readonly kind: "result"; readonly result: string }
  | ({ readonly kind: "fault" } & RuntimeFault)
);

interface Invocation {
  readonly startedMs: number;
  /** Milliseconds of its time that are used up. */
  passedMs: number;
  readonly resolve: (answer: InvocationAnswer) => void;
}

/** Time without a pause after which a thread is busy with something that will not end. */
const BLOCKED_AFTER_MS = 250;
/** Time after which a running function's memory is looked at. */
const MEMORY_WATCH_AFTER_MS = 20;

/**
 * One worker thread that runs one function, one invocation at a time. Whatever the function does
 * to its thread ends in an answer.
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
  readonly #begun = new Int32Array(new SharedArrayBuffer(4));
  readonly #startedMs = performance.now();
  #initPassedMs = 0;
  #sent = 0;
  #resolveInit: ((outcome: InitOutcome) => void) | undefined;
  #invocation: Invocation | undefined;
  #lines: string[] = [];
  #memoryMb = 0;
  #fatal: RuntimeFault | undefined;
  #isReady = false;
  #isAlive = true;

  constructor(options: ExecutionEnvironmentOptions) {
    this.#options = options;
    const { port1, port2 } = new MessageChannel();
    const setup = { ...options.setup, port: port2, begun: this.#begun };
    this.#port = port1;
    this.#worker = startWorker(setup, options.environmentVariables);
    this.#gauge = new WorkerGauge(this.#worker);
    this.initialized = new Promise((resolve) => {
      this.#resolveInit = resolve;
    });
    this.ended = new Promise((resolve) => {
      this.#worker.once("exit", (status) => {
        this.#settleExit(status);
        resolve();
      });
    });
    this.#listen();
  }

  /** Whether invocations may be sent: the thread lives and nothing has gone wrong in it. */
  get isUsable(): boolean {
    return this.#isAlive && this.#fatal === undefined;
  }

  /** Runs one invocation; the caller waits for the answer before it sends the next. */
  invoke(message: InvokeMessage): Promise<InvocationAnswer> {
    return new Promise((resolve) => {
      this.#invocation = { startedMs: performance.now(), passedMs: 0, resolve };
      if (this.isUsable) {
        this.#sent += 1;
        this.#port.postMessage(message);
      } else {
        this.#answer({ kind: "fault", ...exitFault(undefined) });
      }
    });
  }

  /** Ends what takes too long or too much memory; called again and again while it runs. */
  check(passedMs: number): void {
    const { setup, initTimeoutMs } = this.#options;
    const nowMs = performance.now();
    const invocation = this.#invocation;
    if (invocation !== undefined) {
      // The first look may come sooner after the start than after the look before.
      invocation.passedMs = Math.min(invocation.passedMs + passedMs, nowMs - invocation.startedMs);
      this.#checkInvocation(invocation.passedMs, setup.timeoutMs);
    } else if (!this.#isReady) {
      this.#initPassedMs = Math.min(this.#initPassedMs + passedMs, nowMs - this.#startedMs);
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
    const isBegun = Atomics.load(this.#begun, 0) >= this.#sent;
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
    if (memoryMb !== undefined) {
      this.#noteMemory(memoryMb);
    }
  }

  #noteMemory(memoryMb: number): void {
    this.#memoryMb = Math.max(this.#memoryMb, memoryMb);
    if (memoryMb > this.#options.setup.memoryMb) {
      this.#fail(memoryFault());
    }
  }

  #listen(): void {
    this.#port.on("message", (message: WorkerMessage) => this.#receive(message));
    this.#worker.on("error", (thrown) => {
      this.#fatal ??= workerErrorFault(thrown);
    });
    this.#port.unref();
    this.#worker.unref();
  }

  #receive(message: WorkerMessage): void {
    if (typeof message === "string") {
      this.#lines.push(message);
      this.#options.onLogLine(message);
      return;
    }
    switch (message.kind) {
      case "ready":
        this.#isReady = true;
        this.#settleInit({ kind: "ready", durationMs: performance.now() - this.#startedMs });
        break;
      case "init-error":
      case "crash":
        this.#fail({ fault: "crash", error: message.error });
        break;
      case "result":
      case "error":
        this.hasLeftovers = message.hasLeftovers;
        this.#noteMemory(message.memoryMb);
        this.#answer(
          message.kind === "result"
            ? { kind: "result", result: message.result }
            : { kind: "fault", fault: "error", error: message.error },
          message.durationMs,
        );
    }
  }

  #answer(
    answer: { kind: "result"; result: string } | ({ readonly kind: "fault" } & RuntimeFault),
    durationMs?: number,
  ): void {
    const invocation = this.#invocation;
    if (invocation === undefined) {
      return;
    }
    this.#invocation = undefined;
    const lines = this.#lines;
    this.#lines = [];
    invocation.resolve({
      ...answer,
      durationMs: durationMs ?? performance.now() - invocation.startedMs,
      memoryMb: this.#memoryMb,
      lines,
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
    let last = receiveMessageOnPort(this.#port);
    while (last !== undefined) {
      this.#receive(last.message as WorkerMessage);
      last = receiveMessageOnPort(this.#port);
    }
    this.#port.close();
    this.#settleFatal(this.#fatal ?? exitFault(status));
  }

  #settleFatal(found: RuntimeFault): void {
    this.#settleInit({ kind: "failed", error: found.error, lines: this.#lines });
    this.#answer({ kind: "fault", ...found });
  }
}
