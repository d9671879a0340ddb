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
import type { KeyValueStore } from "./key-value-store.ts";
import { readOriginChange } from "./read-origin-change.ts";
import { readProgram } from "./program.ts";
import type { SandboxProgram } from "./program.ts";
import { Sandbox } from "./sandbox.ts";
import type { SandboxEffects, SandboxOutcome } from "./sandbox.ts";

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
      const program = readProgram(configuration.code, configuration.runtime);
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
      error: this.#error,
      logs: [],
      keyValueStoreReads: [],
      originChange: undefined,
      durationMs: 0,
    };
  }

  close(): void {}
}

class SandboxedFunction implements CloudFrontFunction {
  readonly configuration: CloudFrontFunctionConfiguration;
  readonly #module: QuickJSWASMModule;
  readonly #program: SandboxProgram;
  #sandbox: Sandbox | undefined;

  constructor(
    module: QuickJSWASMModule,
    configuration: CloudFrontFunctionConfiguration,
    program: SandboxProgram,
  ) {
    this.#module = module;
    this.configuration = configuration;
    this.#program = program;
  }

  invoke(invocation: CloudFrontFunctionInvocation): CloudFrontFunctionRun {
    const { runtime, keyValueStores } = this.configuration;
    const recorded = recordEffects(keyValueStores);
    this.#sandbox ??= new Sandbox(this.#module, this.#program, runtime);
    const start = performance.now();
    const outcome = this.#sandbox.run({
      event: invocation.event,
      nowMs: invocation.nowMs,
      rawQueryString: invocation.rawQueryString,
      edgeLocation:
        invocation.eventType === "viewer-request"
          ? JSON.stringify(invocation.edgeLocation ?? {})
          : undefined,
      effects: recorded.effects,
    });
    const durationMs = performance.now() - start;
    // What an interruption leaves behind, and changed built-ins, are not the next invocation's.
    if (isInterrupted(outcome) || this.#program.changesBuiltIns) this.close();
    return {
      output: outcome.kind === "result" ? outcome.json : undefined,
      error: errorOf(outcome),
      logs: recorded.logs,
      keyValueStoreReads: recorded.reads,
      originChange: recorded.originChange(),
      durationMs,
    };
  }

  close(): void {
    this.#sandbox?.dispose();
    this.#sandbox = undefined;
  }
}

function isInterrupted(outcome: SandboxOutcome): boolean {
  if (outcome.kind === "result") return false;
  return outcome.kind !== "execution" || outcome.text.startsWith("RangeError: Maximum call stack");
}

function errorOf(outcome: SandboxOutcome): CloudFrontFunctionError | undefined {
  if (outcome.kind === "result") return undefined;
  const { kind, text, line } = outcome;
  const { remedy, factId } = adviceOn(kind, text);
  return { kind, text, line, remedy, factId };
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
  if (text === "Error: KeyNotFound") {
    return { remedy: "Catch it, or ask exists() first.", factId: "FN-I-48" };
  }
  return { remedy: undefined, factId: "FN-I-23" };
}

interface RecordedEffects {
  readonly effects: SandboxEffects;
  readonly logs: readonly string[];
  readonly reads: readonly KeyValueStoreRead[];
  originChange(): OriginChange | undefined;
}

function recordEffects(stores: readonly KeyValueStore[]): RecordedEffects {
  const logs: string[] = [];
  const reads: KeyValueStoreRead[] = [];
  let originChange: OriginChange | undefined;
  const find = (id: string): KeyValueStore | undefined =>
    id === "" ? stores[0] : stores.find((store) => store.id === id || store.name === id);
  return {
    logs,
    reads,
    originChange: () => originChange,
    effects: {
      log: (text) => logs.push(text),
      changeOrigin: (kind, json) => {
        originChange = readOriginChange(kind, json);
      },
      readStore: (method, id, key) => {
        const store = find(id);
        if (method === "find" || store === undefined) return String(store !== undefined);
        const value = store.get(key);
        const found = value !== undefined;
        if (method === "meta") {
          reads.push({ store: store.name, method, key: undefined, found: true });
          return JSON.stringify(store.meta());
        }
        const read = method === "exists" ? "exists" : "get";
        reads.push({ store: store.name, method: read, key, found });
        return read === "exists" ? String(found) : JSON.stringify(value ?? null);
      },
    },
  };
}
