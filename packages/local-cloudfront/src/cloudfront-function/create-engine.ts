import type { CloudFrontJsViolation } from "cf-rules/cloudfront-js";
import { newQuickJSWASMModuleFromVariant } from "quickjs-emscripten-core";
import type { QuickJSWASMModule } from "quickjs-emscripten-core";
import type {
  CloudFrontFunction,
  CloudFrontFunctionConfiguration,
  CloudFrontFunctionError,
  CloudFrontFunctionInvocation,
  CloudFrontFunctionRun,
  KeyValueStoreRead,
  OriginChange,
} from "./cloudfront-function.ts";
import { wholeResult } from "./invocation-event.ts";
import type { InvocationEvent, ResultChanges } from "./invocation-event.ts";
import { readProgram } from "./program.ts";
import type { SandboxProgram } from "./program.ts";
import { RunEffects } from "./run-effects.ts";
import { Sandbox } from "./sandbox.ts";
import type { SandboxOutcome } from "./sandbox.ts";

/** What runs CloudFront Functions. */
export interface CloudFrontFunctionEngine {
  /** Never throws for the code: a function that does not parse fails when it is invoked, as at the edge. */
  createFunction(configuration: CloudFrontFunctionConfiguration): CloudFrontFunction;
}

/** Starts the engine that all functions share. */
export async function createEngine(): Promise<CloudFrontFunctionEngine> {
  const module = await newQuickJSWASMModuleFromVariant(
    import("@jitl/quickjs-wasmfile-release-sync"),
  );
  return {
    createFunction: (configuration) => {
      const { code, runtime, isComposed = false } = configuration;
      const program = readProgram(code, runtime, isComposed);
      return "source" in program
        ? new SandboxedFunction(module, configuration, program)
        : new UnparsableFunction(configuration, program);
    },
  };
}

class UnparsableFunction implements CloudFrontFunction {
  readonly configuration: CloudFrontFunctionConfiguration;
  readonly #error: CloudFrontFunctionError;

  constructor(
    configuration: CloudFrontFunctionConfiguration,
    { text, line, remedy, factId }: CloudFrontJsViolation,
  ) {
    this.configuration = configuration;
    this.#error = { kind: "syntax", text, line, remedy, factId };
  }

  invoke(): CloudFrontFunctionRun {
    return {
      output: undefined,
      changes: undefined,
      error: this.#error,
      logs: [],
      keyValueStoreReads: [],
      memberResults: [],
      originChange: undefined,
      customLogData: undefined,
      durationMs: 0,
    };
  }

  close(): void {}
}

class SandboxedFunction implements CloudFrontFunction {
  readonly configuration: CloudFrontFunctionConfiguration;
  readonly #module: QuickJSWASMModule;
  readonly #program: SandboxProgram;
  #source: string;
  #sandbox: Sandbox | undefined;

  constructor(
    module: QuickJSWASMModule,
    configuration: CloudFrontFunctionConfiguration,
    program: SandboxProgram,
  ) {
    this.#module = module;
    this.configuration = configuration;
    this.#program = program;
    this.#source = program.keptSource ?? program.source;
  }

  invoke(invocation: CloudFrontFunctionInvocation): CloudFrontFunctionRun {
    const { runtime, keyValueStores } = this.configuration;
    const effects = new RunEffects(keyValueStores, invocation);
    this.#sandbox ??= new Sandbox(this.#module, this.#program, this.#source, runtime);
    const start = performance.now();
    const outcome = this.#sandbox.run(invocation.event, effects);
    const durationMs = performance.now() - start;
    if (outcome.kind === "again") {
      this.#source = this.#program.source;
      this.close();
      return this.invoke(invocation);
    }
    // What an interruption leaves behind, and changed built-ins, are not the next invocation's.
    if (isInterrupted(outcome) || this.#program.changesBuiltIns) this.close();
    return new FinishedRun(outcome, invocation.event, effects, durationMs);
  }

  close(): void {
    this.#sandbox?.dispose();
    this.#sandbox = undefined;
  }
}

class FinishedRun implements CloudFrontFunctionRun {
  readonly error: CloudFrontFunctionError | undefined;
  readonly logs: readonly string[];
  readonly keyValueStoreReads: readonly KeyValueStoreRead[];
  readonly memberResults: readonly string[];
  readonly originChange: OriginChange | undefined;
  readonly customLogData: string | undefined;
  readonly durationMs: number;
  readonly #outcome: SandboxOutcome;
  readonly #event: InvocationEvent;

  constructor(
    outcome: SandboxOutcome,
    event: InvocationEvent,
    { logs, memberResults, reads, originChange, customLogData }: RunEffects,
    durationMs: number,
  ) {
    this.#outcome = outcome;
    this.#event = event;
    this.error = errorOf(outcome);
    this.logs = logs;
    this.keyValueStoreReads = reads;
    this.memberResults = memberResults;
    this.originChange = originChange;
    this.customLogData = customLogData;
    this.durationMs = durationMs;
  }

  get changes(): string | undefined {
    return this.#outcome.kind === "changes" ? this.#outcome.json : undefined;
  }

  get output(): string | undefined {
    if (this.#outcome.kind === "result") return this.#outcome.json;
    return this.changes === undefined
      ? undefined
      : JSON.stringify(wholeResult(this.#event, JSON.parse(this.changes) as ResultChanges));
  }
}

function isInterrupted(outcome: SandboxOutcome): boolean {
  if (!("text" in outcome)) return false;
  return outcome.kind !== "execution" || outcome.text.startsWith("RangeError: Maximum call stack");
}

function errorOf(outcome: SandboxOutcome): CloudFrontFunctionError | undefined {
  if (!("text" in outcome)) return undefined;
  const { kind, text, line } = outcome;
  if (isWithoutHandler(outcome)) {
    return { kind, text, line: undefined, remedy: handlerRemedy, factId: "FN-I-17" };
  }
  const { remedy, factId } = adviceOn(kind, text);
  return { kind, text, line, remedy, factId };
}

const handlerRemedy = "Write function handler(event) { … } at the top level.";

/** What calls the handler stands in no line of the code. */
function isWithoutHandler({
  text,
  line,
}: {
  readonly text: string;
  readonly line: number | undefined;
}): boolean {
  return (
    text === 'ReferenceError: "handler" is not defined' ||
    (line === undefined && text.endsWith(" is not a function"))
  );
}

function adviceOn(
  kind: "execution" | "timeout" | "memory",
  text: string,
): Pick<CloudFrontFunctionError, "remedy" | "factId"> {
  if (kind === "timeout") {
    return { remedy: "A function has less than a millisecond of CPU time.", factId: "FN-I-16" };
  }
  if (kind === "memory") return { remedy: "A function has 2 MB of memory.", factId: "FN-I-15" };
  if (/is not defined$|\["\w+"\] is not a function$/.test(text)) {
    return { remedy: "Use only what the runtime has.", factId: "FN-I-45" };
  }
  if (text.startsWith("TypeError: cannot get property")) {
    return { remedy: "Test first: a header that is absent has no value.", factId: "FN-I-23" };
  }
  if (/^Error: The (?:function|key value store) .*associated/.test(text)) {
    const remedy = "Name the store in KeyValueStoreAssociations of its FunctionConfig.";
    return { remedy, factId: "FN-I-31" };
  }
  if (text.startsWith("TypeError: logCustomData takes")) {
    return { remedy: "Pass a text, as JSON.stringify(data) is.", factId: "FN-I-59" };
  }
  if (text === "Error: KeyNotFound") {
    return { remedy: "Catch it, or ask exists() first.", factId: "FN-I-48" };
  }
  return { remedy: undefined, factId: "FN-I-23" };
}
