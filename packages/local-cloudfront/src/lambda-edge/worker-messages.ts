import type { MessagePort } from "node:worker_threads";

/** What a worker thread is told when it starts. */
export interface WorkerSetup {
  /** Only this port is listened to: a function never gets hold of it. */
  readonly port: MessagePort;
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
  /** Shared with the other side: counts the invocations that the handler has begun. */
  readonly begun: Int32Array;
}

/** One invocation, sent to a worker thread that has answered all earlier ones. */
export interface InvokeMessage {
  readonly requestId: string;
  /** JSON text, as Lambda hands it over. */
  readonly event: string;
}

/** An error of a function, in a shape that crosses threads. */
export interface FunctionError {
  /** As in `TypeError` or `Runtime.HandlerNotFound`. */
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
}

/** How the thread fares when it has answered. */
export interface InvocationMeasure {
  /** Milliseconds from the event's arrival to the answer. */
  readonly durationMs: number;
  readonly memoryMb: number;
  /** Whether something that the function started is still under way: timers, sockets. */
  readonly hasLeftovers: boolean;
}

/** What a worker thread tells; a bare string is a line for the log. */
export type WorkerMessage =
  | string
  /** The handler was loaded: invocations may come. */
  | { readonly kind: "ready" }
  /** The handler could not be loaded; the thread ends. */
  | { readonly kind: "init-error"; readonly error: FunctionError }
  /** The handler answered, with JSON text as Lambda hands it back. */
  | ({ readonly kind: "result"; readonly result: string } & InvocationMeasure)
  /** The handler threw or rejected; the thread goes on. */
  | ({ readonly kind: "error"; readonly error: FunctionError } & InvocationMeasure)
  /** An error that nobody caught; the thread ends. */
  | { readonly kind: "crash"; readonly error: FunctionError };
