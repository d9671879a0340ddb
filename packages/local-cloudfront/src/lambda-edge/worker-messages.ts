import type { MessagePort } from "node:worker_threads";
import type { EventConfig, EventType } from "cf-types";
import type { SentText } from "./known-texts.ts";

/** What a worker thread has from its start on. */
export interface WorkerStart {
  /** Only this port is listened to: a function never gets hold of it. */
  readonly port: MessagePort;
}

/** What a worker thread is told first: which function it runs. */
export interface WorkerSetup {
  /** All the environment variables that the function sees. */
  readonly environmentVariables: Readonly<Record<string, string>>;
  /** The folder that stands for `/var/task`. */
  readonly taskRoot: string;
  readonly handler: string;
  readonly runtime: string;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryMb: number;
  readonly timeoutMs: number;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Shared with the other side: the number of the invocation that may begin next. */
  readonly claims: Int32Array;
  /** Shared with the other side: the ring into which the thread writes its messages. */
  readonly ring: SharedArrayBuffer;
}

/**
 * Invocations for a worker thread, which runs one after the other. Their numbers follow on each
 * other; the thread begins one by raising `claims` from its number to the next, and leaves out
 * those whose number has been passed over: the other side has taken them back.
 */
export interface InvocationBatch {
  /** The number of the first. */
  readonly first: number;
  /** That of the first; those of the others differ in nothing but the request's id. */
  readonly config: EventConfig<EventType>;
  /** Those of all invocations, one after the other: a list of texts crosses faster than objects. */
  readonly parts: InvocationParts[number][];
}

/** What is sent of an invocation. */
export type InvocationParts = readonly [
  lambdaRequestId: string,
  /** Of the event's config. */
  requestId: string,
  request: SentText,
  /** Undefined where the event has none. */
  response: SentText | undefined,
];

/** An error of a function, in a shape that crosses threads. */
export interface FunctionError {
  /** As in `TypeError` or `Runtime.HandlerNotFound`. */
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
}

/** How the thread fares when it has answered. */
export interface InvocationMeasure {
  /** Milliseconds from the beginning of the invocation to the answer. */
  readonly durationMs: number;
  readonly memoryMb: number;
  /** Whether something that the function started is still under way: timers, sockets. */
  readonly hasLeftovers: boolean;
}

/** What a worker thread tells, in the order in which it happened. */
export type WorkerMessage =
  /** The handler was loaded: invocations may come. */
  | { readonly kind: "ready" }
  /** The handler could not be loaded; the thread ends. */
  | { readonly kind: "init-error"; readonly error: FunctionError }
  /** An entry for the log. */
  | { readonly kind: "log"; readonly entry: string }
  /** The handler answered, with JSON text as Lambda hands it back. */
  | ({ readonly kind: "result"; readonly result: string } & InvocationMeasure)
  /** The handler threw or rejected; the thread goes on. */
  | ({ readonly kind: "error"; readonly error: FunctionError } & InvocationMeasure)
  /** An error that nobody caught; the thread ends. */
  | { readonly kind: "crash"; readonly error: FunctionError };

/** How messages are told apart in the ring: by their place here. */
export const messageKinds = ["ready", "init-error", "log", "result", "error", "crash"] as const;

/**
 * What goes through the port from the worker thread: the text of a message that is too long for the
 * ring, or `undefined`, which says that there is something to read.
 */
export type PortMessage = string | undefined;
