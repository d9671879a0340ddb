import type { MessagePort } from "node:worker_threads";

/** What a function's thread has from its start on. */
export interface ThreadStart {
  /** Only this port is listened to: a function never gets hold of it. */
  readonly port: MessagePort;
}

/** The first message to a thread: which function it runs. */
export interface ThreadSetup {
  /** All the environment variables that the function sees. */
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** Lines that the log of the environment begins with. */
  readonly notices: readonly string[];
  /** The folder that stands for `/var/task`. */
  readonly taskRoot: string;
  readonly handler: string;
  /** Whether it is composed of the functions of several packages, each of which reports its own result. */
  readonly isComposed: boolean;
  readonly runtime: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Shared memory: the number of the invocation that may begin next. */
  readonly claims: Int32Array;
  /** Shared memory: the ring into which the thread writes its messages. */
  readonly ring: SharedArrayBuffer;
}

/** All later messages to a thread: invocations, which it runs one after the other. */
export interface InvocationBatch {
  /** The number of the first; those of the others follow on it. */
  readonly first: number;
  readonly invocations: readonly Invocation[];
}

/** One invocation as a thread gets it. */
export interface Invocation {
  /** Lambda's own request id. */
  readonly requestId: string;
  /** JSON text. */
  readonly event: string;
}

/** An error of a function, in a shape that crosses threads. */
export interface FunctionError {
  /** As in `TypeError` or `Runtime.HandlerNotFound`. */
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
}

/** How the thread fares when an invocation has ended. */
export interface InvocationMeasure {
  /** Milliseconds from the beginning of the invocation to its end. */
  readonly durationMs: number;
  readonly memoryMb: number;
  /** Whether something that the function started is still under way: timers, sockets. */
  readonly hasLeftovers: boolean;
}

/** What a thread sends, in the order in which it happened. */
export type ThreadMessage =
  /** The handler was loaded: invocations may come. */
  | { readonly kind: "ready" }
  /** The handler could not be loaded; the thread ends. */
  | { readonly kind: "init-error"; readonly error: FunctionError }
  /** An entry for the log. */
  | { readonly kind: "log"; readonly entry: string }
  /** A member of a composed function returned; the result is JSON text. */
  | { readonly kind: "member"; readonly result: string }
  /** The handler returned; the result is JSON text. */
  | ({ readonly kind: "result"; readonly result: string } & InvocationMeasure)
  /** The handler threw or rejected; the thread goes on. */
  | ({ readonly kind: "error"; readonly error: FunctionError } & InvocationMeasure)
  /** An error that nobody caught; the thread ends. */
  | { readonly kind: "crash"; readonly error: FunctionError };

// Taken before a function runs in this thread, which may replace them for itself.
const { parse, stringify } = JSON;

/** Returns a message as one text: a line with everything that is short, then what may be long. */
export function encodeThreadMessage(message: ThreadMessage): string {
  switch (message.kind) {
    case "ready":
      return `${stringify(message)}\n`;
    case "log":
      return `${stringify({ kind: message.kind })}\n${message.entry}`;
    case "member":
      return `${stringify({ kind: message.kind })}\n${message.result}`;
    case "result": {
      const { result, ...head } = message;
      return `${stringify(head)}\n${result}`;
    }
    case "init-error":
    case "error":
    case "crash":
      return `${stringify(message)}\n`;
  }
}

/** Reads a message; undefined where the text is none. */
export function decodeThreadMessage(text: string): ThreadMessage | undefined {
  const end = text.indexOf("\n");
  const rest = text.slice(end + 1);
  try {
    const head: unknown = parse(text.slice(0, end));
    const message = isRecord(head) ? { ...head, entry: rest, result: rest } : head;
    return isThreadMessage(message) ? message : undefined;
  } catch {
    return undefined;
  }
}

/** A function may have replaced whatever its thread makes messages with. */
function isThreadMessage(value: unknown): value is ThreadMessage {
  if (!isRecord(value)) return false;
  switch (value["kind"]) {
    case "ready":
    case "log":
    case "member":
      return true;
    case "result":
      return isMeasure(value);
    case "error":
      return isFunctionError(value["error"]) && isMeasure(value);
    case "init-error":
    case "crash":
      return isFunctionError(value["error"]);
    default:
      return false;
  }
}

function isMeasure(value: Readonly<Record<string, unknown>>): boolean {
  return (
    Number.isFinite(value["durationMs"]) &&
    Number.isFinite(value["memoryMb"]) &&
    typeof value["hasLeftovers"] === "boolean"
  );
}

function isFunctionError(value: unknown): boolean {
  return (
    isRecord(value) &&
    typeof value["type"] === "string" &&
    typeof value["message"] === "string" &&
    ["string", "undefined"].includes(typeof value["stack"])
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
