import { cloudFrontFunctionQuotas } from "cf-rules";
import { builtIns } from "cf-rules/cloudfront-js";
import type { CloudFrontJsRuntime } from "cf-rules/cloudfront-js";
import type {
  QuickJSContext,
  QuickJSHandle,
  QuickJSRuntime,
  QuickJSWASMModule,
} from "quickjs-emscripten-core";
import { guestSource } from "./guest-source.ts";
import { hostFunctions } from "./host-functions.ts";
import type { InvocationEvent, InvocationText } from "./invocation-event.ts";
import type { SandboxProgram } from "./program.ts";
import type { RunEffects } from "./run-effects.ts";
import { runtimeErrorText, thrownAt } from "./runtime-error-text.ts";

/** How a run ended. */
export type SandboxOutcome =
  | { readonly kind: "result"; readonly json: string | undefined }
  | { readonly kind: "changes"; readonly json: string }
  /** Code that is evaluated once failed, or may have tried to change what outlives its run: nothing it did counts. */
  | { readonly kind: "again" }
  | SandboxFailure;

interface SandboxFailure {
  readonly kind: "execution" | "timeout" | "memory";
  readonly text: string;
  readonly line: number | undefined;
}

const fileName = "handler.js";
const maxStackBytes = 128 * 1024;
/** CloudFront allows less than a millisecond of CPU; a laptop under load gets more. */
const timeoutMs = 100;
/** Most functions have ended before. */
const memoryCheckMs = 2;
const interrupted = "InternalError: interrupted";

/** Where an error's stack leads to in the function's code, and which built-in was running above. */
interface Place {
  readonly builtIn: string | undefined;
  readonly line: number | undefined;
  readonly column: number;
}

function placeIn(stack: string): Place {
  const frames = stack.split("\n");
  const index = frames.findIndex((frame) => frame.includes(`${fileName}:`));
  const above = frames.slice(0, Math.max(index, 0)).join("\n");
  const builtIn = /at (\S+) \(native\)/.exec(above)?.[1];
  const [, line, column] = frames[index]?.match(/:(\d+):(\d+)\)?$/) ?? [];
  return {
    builtIn,
    line: line === undefined ? undefined : Number(line),
    column: Number(column ?? 1),
  };
}

/** One engine with one function in it. Whatever the function does stays within. */
export class Sandbox {
  readonly #runtime: QuickJSRuntime;
  readonly #context: QuickJSContext;
  readonly #program: SandboxProgram;
  readonly #handles: QuickJSHandle[] = [];
  readonly #run: QuickJSHandle;
  readonly #take: QuickJSHandle;
  readonly #code: QuickJSHandle;
  /** Of code that the parse gate lets pass, and the engine does not. */
  readonly #refusal: SandboxOutcome | undefined;
  #effects: RunEffects | undefined;
  #deadline = Infinity;
  #nextMemoryCheck = Infinity;
  /** Since the first memory check; that of the whole process, which is all that Node.js 22 knows. */
  #processorTime: NodeJS.CpuUsage | undefined;
  #isOutOfMemory = false;
  #isInterrupted = false;

  /** @param source one of the program's two */
  constructor(
    module: QuickJSWASMModule,
    program: SandboxProgram,
    source: string,
    runtime: CloudFrontJsRuntime,
  ) {
    this.#program = program;
    this.#runtime = module.newRuntime();
    this.#runtime.setMaxStackSize(maxStackBytes);
    this.#runtime.setInterruptHandler(() => this.#isOver());
    this.#context = this.#runtime.newContext();
    const context = this.#context;
    const start = this.#evaluate(guestSource, "runtime.js");
    const guest = this.#keep(
      context.unwrapResult(
        context.callFunction(
          start,
          context.undefined,
          this.#keep(this.#hostCall()),
          this.#keep(this.#readCall()),
          runtime === "cloudfront-js-2.0" ? context.true : context.false,
          this.#keep(context.newString(JSON.stringify(builtIns[runtime]))),
        ),
      ),
    );
    this.#run = this.#keep(context.getProp(guest, "run"));
    this.#take = this.#keep(context.getProp(guest, "take"));
    const code = context.evalCode(source, fileName);
    this.#code = this.#keep(code.error ?? code.value);
    this.#refusal = code.error && this.#engineFailure(code.error);
    this.#runtime.setMemoryLimit(cloudFrontFunctionQuotas.memoryBytes);
  }

  /** Runs the function; never throws for what it does. */
  run(event: InvocationEvent, effects: RunEffects): SandboxOutcome {
    this.#isInterrupted = false;
    const outcome = this.#started(event, effects);
    // Where it was interrupted decides what the engine says.
    if (!this.#isInterrupted || "json" in outcome) return outcome;
    return {
      ...this.#failure(interrupted, ""),
      ...("line" in outcome && { line: outcome.line }),
    };
  }

  #started({ head, eventType }: InvocationEvent, effects: RunEffects): SandboxOutcome {
    if (this.#refusal !== undefined) return this.#refusal;
    const context = this.#context;
    this.#effects = effects;
    const start = performance.now();
    this.#deadline = start + timeoutMs;
    this.#nextMemoryCheck = start + memoryCheckMs;
    const event = context.newString(head);
    const isViewerRequest = eventType === "viewer-request" ? context.true : context.false;
    try {
      const started = this.#call(this.#run, this.#code, event, isViewerRequest);
      if (typeof started !== "string") return started;
      // What a synchronous handler leaves to promises belongs to its own run, too.
      const isOpen = started === "p" || this.#runtime.hasPendingJob();
      return this.#outcome(isOpen ? this.#settled() : started);
    } finally {
      event.dispose();
      this.#effects = undefined;
      this.#deadline = Infinity;
      this.#nextMemoryCheck = Infinity;
      this.#processorTime = undefined;
    }
  }

  /** The engine bounds single allocations by itself, and their sum only here: it does not know their sizes. */
  #isOver(): boolean {
    const now = performance.now();
    if (now >= this.#nextMemoryCheck) {
      this.#nextMemoryCheck = now + memoryCheckMs;
      this.#processorTime ??= process.cpuUsage();
      const [, bytes] = /^memory used +\d+ +(\d+)/m.exec(this.#runtime.dumpMemoryUsage()) ?? [];
      this.#isOutOfMemory = Number(bytes) > cloudFrontFunctionQuotas.memoryBytes;
    }
    this.#isInterrupted = this.#isOutOfMemory || (now > this.#deadline && this.#hasRun(now));
    return this.#isInterrupted;
  }

  /** Where other programs have the processor, a function takes longer without doing more. */
  #hasRun(now: number): boolean {
    const { user, system } = process.cpuUsage(this.#processorTime);
    return (user + system) / 1000 > timeoutMs / 2 || now > this.#deadline + 10 * timeoutMs;
  }

  dispose(): void {
    for (const handle of this.#handles) handle.dispose();
    this.#context.dispose();
    this.#runtime.dispose();
  }

  #settled(): string | SandboxOutcome {
    const jobs = this.#runtime.executePendingJobs();
    if (jobs.error !== undefined) {
      const outcome = this.#engineFailure(jobs.error);
      jobs.error.dispose();
      return outcome;
    }
    const taken = this.#call(this.#take);
    if (taken !== "p") return taken;
    // An asynchronous function that is interrupted leaves its promise as it is.
    return this.#isInterrupted
      ? this.#failure(interrupted, "")
      : { kind: "execution", text: "Error: the handler's promise never settles", line: undefined };
  }

  #call(called: QuickJSHandle, ...args: QuickJSHandle[]): string | SandboxOutcome {
    const result = this.#context.callFunction(called, this.#context.undefined, ...args);
    if (result.error !== undefined) {
      const outcome = this.#engineFailure(result.error);
      result.error.dispose();
      return outcome;
    }
    const text = this.#context.getString(result.value);
    result.value.dispose();
    return text;
  }

  #outcome(taken: string | SandboxOutcome): SandboxOutcome {
    if (typeof taken !== "string") return taken;
    if (taken === "s") return { kind: "again" };
    if (taken === "u") return { kind: "result", json: undefined };
    if (taken.startsWith("o")) return { kind: "result", json: taken.slice(1) };
    if (taken.startsWith("c")) return { kind: "changes", json: taken.slice(1) };
    const { text, stack } = JSON.parse(taken.slice(1)) as { text: string; stack: string };
    return this.#failure(text, stack);
  }

  #engineFailure(error: QuickJSHandle): SandboxOutcome {
    const thrown: unknown = this.#context.dump(error);
    if (typeof thrown !== "object" || thrown === null) {
      // Out of memory, the engine cannot even make an error.
      return { kind: "memory", text: "MemoryError", line: undefined };
    }
    const { name, message, stack } = thrown as Record<string, unknown>;
    return this.#failure(`${String(name)}: ${String(message)}`, String(stack ?? ""));
  }

  #failure(text: string, stack: string): SandboxFailure {
    const place = placeIn(stack);
    const offset = this.#offsetOf(place);
    const { tree, lineOf } = this.#program;
    const line = offset === undefined ? place.line : lineOf(thrownAt(text, offset, tree));
    if (this.#isOutOfMemory || /out of memory/.test(text)) {
      return { kind: "memory", text: "MemoryError", line };
    }
    // What an interruption inside of a promise ends with depends on where it came.
    if (this.#isInterrupted || text === interrupted) {
      return { kind: "timeout", text: "Error: the function ran too long", line };
    }
    return { kind: "execution", text, line };
  }

  #explain(name: string, message: string, stack: string, lastKey: string): string {
    const place = placeIn(stack);
    const { builtIn } = place;
    const offset = this.#offsetOf(place);
    return runtimeErrorText({ name, message, builtIn, offset, lastKey }, this.#program.tree);
  }

  #offsetOf({ line, column }: Place): number | undefined {
    return line === undefined ? undefined : this.#program.offsetAt(line, column);
  }

  #keep(handle: QuickJSHandle): QuickJSHandle {
    this.#handles.push(handle);
    return handle;
  }

  #evaluate(source: string, name: string): QuickJSHandle {
    return this.#keep(this.#context.unwrapResult(this.#context.evalCode(source, name)));
  }

  #readCall(): QuickJSHandle {
    const context = this.#context;
    return context.newFunction("read", (name) => {
      const text = this.#effects?.readText(context.getString(name) as InvocationText);
      return context.newString(text ?? "");
    });
  }

  /** What the sandbox calls: texts cross as JSON, since the engine's own way ends at a NUL character. */
  #hostCall(): QuickJSHandle {
    const context = this.#context;
    const functions = hostFunctions(
      () => this.#effects,
      (...error) => this.#explain(...error),
    );
    return context.newFunction("call", (name, args) => {
      const called = functions[context.getString(name)];
      const result = called?.(...(JSON.parse(context.getString(args)) as string[]));
      return context.newString(JSON.stringify(result ?? null));
    });
  }
}
