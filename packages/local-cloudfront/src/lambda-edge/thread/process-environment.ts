import { fork, type ChildProcess } from "node:child_process";
import { readFileSync } from "node:fs";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { ThreadSetup } from "../channel/thread-messages.ts";
import type { InitOutcome, InvocationResponse } from "./execution-environment.ts";
import type { FunctionEnvironment } from "./function-environment.ts";
import { exitFault, memoryFault, timeoutFault, type RuntimeFault } from "./runtime-fault.ts";
import { Progress } from "./progress.ts";
import { threadModule } from "./thread-module.ts";

type Setup = Omit<ThreadSetup, "claims" | "ring">;

/** What is sent to the process of an execution environment. */
export type HostRequest =
  | {
      readonly kind: "open";
      readonly setup: Setup;
      readonly initTimeoutMs: number;
      /** The URL of what the thread runs. */
      readonly module: string;
    }
  | { readonly kind: "invoke"; readonly requestId: string; readonly event: string };

/** What it sends. */
export type HostMessage =
  | { readonly kind: "initialized"; readonly outcome: InitOutcome }
  | { readonly kind: "log"; readonly line: string }
  | {
      readonly kind: "response";
      readonly response: InvocationResponse | undefined;
      readonly hasLeftovers: boolean;
    };

/** The process of an execution environment, whatever runs in it; it leads a group of its own. */
export interface HostProcess {
  readonly child: ChildProcess;
  send(request: HostRequest): void;
  onMessage(listener: (message: HostMessage) => void): void;
  /** Milliseconds after a time-out of the function that the process has to keep to it by itself. */
  readonly graceMs: number;
  /** @param idleMb what it had before the first invocation */
  takesTooMuch(nowMb: number, idleMb: number, memoryMb: number): boolean;
}

/** What an environment in a process of its own is made of. */
export interface ProcessEnvironmentOptions {
  readonly host: HostProcess;
  readonly setup: Setup;
  readonly initTimeoutMs: number;
  /** Takes every line that the function logs, as it comes. */
  readonly onLogLine: (line: string) => void;
}

interface SentInvocation {
  readonly requestId: string;
  readonly event: string;
  readonly onEnd: (response: InvocationResponse | undefined) => void;
}

/** Memory that a process takes beyond the function's, as buffers that are shared with no thread. */
const reserveMb = 64;

/**
 * An execution environment in a process of its own. What ends the whole
 * process, closes its descriptors or takes memory that V8 does not count costs the environment alone;
 * what the function has started ends with it.
 */
export class ProcessEnvironment implements FunctionEnvironment {
  readonly ended: Promise<void>;
  hasLeftovers = false;

  readonly #options: ProcessEnvironmentOptions;
  readonly #process: ChildProcess;
  /** The first one runs where `#isRunning`. */
  #sent: SentInvocation[] = [];
  #isRunning = false;
  #isReady = false;
  #isAlive = true;
  #fatal: RuntimeFault | undefined;
  #lines: string[] = [];
  readonly #init = Promise.withResolvers<InitOutcome>();
  readonly #progress = new Progress();
  /** Megabytes of the process before the first invocation. */
  #idleMb: number | undefined;

  constructor(options: ProcessEnvironmentOptions) {
    this.#options = options;
    const { setup, initTimeoutMs } = options;
    this.#process = options.host.child;
    options.host.onMessage((message) => this.#receive(message));
    this.#process.on("error", () => this.#fail(exitFault(undefined)));
    this.#process.on("disconnect", () => this.#fail(exitFault(undefined)));
    this.ended = new Promise((resolve) => {
      this.#process.once("exit", (status, signal) => {
        this.#isAlive = false;
        this.#settleFatal(this.#fatal ?? exitFault(status ?? (signal === null ? 1 : 137)));
        this.#killGroup();
        resolve();
      });
    });
    options.host.send({ kind: "open", setup, initTimeoutMs, module: threadModule().href });
  }

  get initialized(): Promise<InitOutcome> {
    return this.#init.promise;
  }

  get isUsable(): boolean {
    return this.#isAlive && this.#fatal === undefined;
  }

  get load(): number {
    return this.#sent.length;
  }

  get sinceProgressMs(): number {
    return this.#progress.sinceStartMs;
  }

  invoke(requestId: string, event: string, onEnd: SentInvocation["onEnd"]): void {
    if (this.load === 0) this.#progress.restart();
    this.#sent.push({ requestId, event, onEnd });
    this.#runNext();
  }

  receive(): void {
    // What a process sends comes by itself.
  }

  reclaimUnstarted(): void {
    const unstarted = this.#sent.splice(this.#isRunning ? 1 : 0);
    for (const { onEnd } of unstarted) onEnd(undefined);
  }

  check(passedMs: number): void {
    this.#progress.pass(passedMs);
    const { host, setup, initTimeoutMs } = this.#options;
    const limitMs = this.#isReady ? setup.timeoutMs : initTimeoutMs;
    if (this.#progress.passedMs >= limitMs + host.graceMs) {
      this.#fail(timeoutFault(this.#isReady ? "Task" : "Init", limitMs));
    } else if (this.#isReady && this.#takesTooMuch()) {
      this.#fail(memoryFault());
    }
  }

  async end(): Promise<void> {
    if (this.#isAlive) this.#process.ref();
    this.#killGroup();
    await this.ended;
  }

  #receive(message: HostMessage): void {
    switch (message.kind) {
      case "initialized":
        this.#isReady = message.outcome.kind === "ready";
        this.#idleMb = residentMb(this.#process.pid);
        this.#progress.restart();
        this.#init.resolve(message.outcome);
        this.#runNext();
        break;
      case "log":
        this.#lines.push(message.line);
        this.#options.onLogLine(message.line);
        break;
      case "response":
        this.hasLeftovers = message.hasLeftovers;
        this.#endFirst(message.response && this.#checked(message.response));
    }
  }

  /** A result of what took too much memory does not count. */
  #checked(response: InvocationResponse): InvocationResponse {
    const lines = this.#lines;
    if (response.memoryMb <= this.#options.setup.memoryMb) return { ...response, lines };
    this.#fatal ??= memoryFault();
    this.#killGroup();
    const { durationMs, memoryMb, hadLeftovers } = response;
    return { kind: "fault", ...memoryFault(), durationMs, memoryMb, lines, hadLeftovers };
  }

  #runNext(): void {
    const [next] = this.#sent;
    if (next === undefined || this.#isRunning || !this.#isReady) return;
    this.#isRunning = true;
    this.#options.host.send({ kind: "invoke", requestId: next.requestId, event: next.event });
  }

  #endFirst(response: InvocationResponse | undefined): void {
    this.#isRunning = false;
    this.#lines = [];
    this.#progress.restart();
    this.#sent.shift()?.onEnd(response);
    this.#runNext();
  }

  #takesTooMuch(): boolean {
    const { host, setup } = this.#options;
    const nowMb = residentMb(this.#process.pid);
    if (nowMb === undefined || this.#idleMb === undefined) return false;
    return host.takesTooMuch(nowMb, this.#idleMb, setup.memoryMb);
  }

  #fail(found: RuntimeFault): void {
    this.#fatal ??= found;
    this.#killGroup();
    this.#settleFatal(this.#fatal);
  }

  /** Only what has begun fails with the process. */
  #settleFatal(found: RuntimeFault): void {
    this.#init.resolve({ kind: "failed", error: found.error, lines: this.#lines });
    this.#fatal ??= found;
    this.reclaimUnstarted();
    const { hasLeftovers: hadLeftovers } = this;
    const durationMs = this.sinceProgressMs;
    const lines = this.#lines;
    if (this.#isRunning) {
      this.#endFirst({ kind: "fault", ...found, durationMs, memoryMb: 0, lines, hadLeftovers });
    }
  }

  /** The process leads a group, in which everything is that its function has started. */
  #killGroup(): void {
    const { pid } = this.#process;
    if (pid === undefined) return;
    try {
      process.kill(process.platform === "win32" ? pid : -pid, "SIGKILL");
    } catch {
      // All of it is gone.
    }
  }
}

/** Starts the process of a Node.js function. It sees no variable and no descriptor of the server's. */
export function startNodeHost(): HostProcess {
  const module = threadModule();
  const host = new URL(`./environment-host${extname(module.pathname)}`, module);
  const child = fork(fileURLToPath(host), [], {
    env: {},
    execArgv: [],
    detached: process.platform !== "win32",
    stdio: ["ignore", "ignore", "ignore", "ipc"],
  });
  child.unref();
  child.channel?.unref();
  return {
    child,
    send(request) {
      // Where the process is gone, its exit says why.
      if (child.connected) child.send(request, () => undefined);
    },
    onMessage: (listener) => void child.on("message", listener),
    graceMs: 1000,
    takesTooMuch: (nowMb, idleMb, memoryMb) => nowMb - idleMb > memoryMb + reserveMb,
  };
}

/** Returns the memory that a process has, in megabytes; undefined where the system does not tell. */
function residentMb(pid: number | undefined): number | undefined {
  if (process.platform !== "linux" || pid === undefined) return undefined;
  try {
    const [, , kilobytes = ""] =
      /^(VmRSS):\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
    return kilobytes === "" ? undefined : Number(kilobytes) / 1024;
  } catch {
    return undefined;
  }
}
