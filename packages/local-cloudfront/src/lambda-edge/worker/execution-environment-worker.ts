import { getHeapStatistics } from "node:v8";
import { workerData } from "node:worker_threads";
import type {
  FunctionError,
  InvocationMeasure,
  InvokeMessage,
  WorkerMessage,
  WorkerSetup,
} from "../worker-messages.ts";
import { callbackContext } from "./callback-context.ts";
import { RuntimeError, describeError, formatError } from "./function-error.ts";
import { invocationContext } from "./invocation-context.ts";
import { captureConsole } from "./lambda-console.ts";
import { loadHandler } from "./load-handler.ts";
import type { Handler } from "./load-handler.ts";

// Taken before the function runs, which may replace them for itself.
const { parse, stringify } = JSON;

/** What one invocation may log. */
const MAX_LOGGED_CHARACTERS = 1_000_000;

// One execution environment: this thread loads one handler and runs one invocation at a time.
const setup = takeSetup();
const { port } = setup;
const post = (message: WorkerMessage): void => port.postMessage(message);
const log = captureConsole(logWithinLimit);
const hasCallbacks = /^nodejs(1\d|20|22)\.x$/.test(setup.runtime);

/** The invocation that is under way. */
let current: { readonly answerWhenIdle: () => void } | undefined;
let startedMs = 0;
/** Characters logged since the current invocation began. */
let logged = 0;

process.on("uncaughtException", (error) => crash("Uncaught Exception", describeError(error)));
process.on("unhandledRejection", (reason) => {
  const { message, stack } = describeError(reason);
  crash("Unhandled Promise Rejection", {
    type: "Runtime.UnhandledPromiseRejection",
    message,
    stack,
  });
});
process.on("beforeExit", () => current?.answerWhenIdle());
Reflect.set(process, "kill", killOnlyOthers(process.kill.bind(process)));

try {
  const handler = await loadHandler({
    taskRoot: setup.taskRoot,
    handler: setup.handler,
    hasCallbacks,
  });
  port.on("message", (message: InvokeMessage) => invoke(handler, message));
  post({ kind: "ready" });
} catch (thrown) {
  post({ kind: "init-error", error: describeError(thrown) });
  process.exit(1);
}

/** Takes the setup out of the worker data, so that the function cannot reach the port. */
function takeSetup(): WorkerSetup {
  const holder = workerData as { setup: WorkerSetup | undefined };
  const taken = holder.setup;
  holder.setup = undefined;
  if (taken === undefined) {
    throw new Error("An execution environment needs its setup as worker data.");
  }
  return taken;
}

/** A function that logs without end must not fill the memory of the server. */
function logWithinLimit(entry: string): void {
  if (logged <= MAX_LOGGED_CHARACTERS) {
    logged += entry.length + 1;
    post(logged <= MAX_LOGGED_CHARACTERS ? entry : "[the rest of the log is left out]");
  }
}

function invoke(handler: Handler, { requestId, event }: InvokeMessage): void {
  startedMs = performance.now();
  logged = 0;
  log.requestId = requestId;
  Atomics.add(setup.begun, 0, 1);
  // With the port unreferenced, an empty event loop shows: nothing is left that could answer.
  port.unref();
  let isAnswered = false;
  let resultWhenIdle: { readonly value: unknown } | undefined;
  const answer = (send: () => void): void => {
    if (!isAnswered) {
      isAnswered = true;
      // Rejections that nobody handles come up before: they fail this invocation.
      setImmediate(send);
    }
  };
  const succeed = (value: unknown) => answer(() => sendResult(value));
  const fail = (thrown: unknown) => answer(() => sendError(describeError(thrown)));
  current = {
    answerWhenIdle() {
      if (isAnswered) {
        return;
      }
      if (resultWhenIdle !== undefined) {
        succeed(resultWhenIdle.value);
      } else if (isAsync(handler) || !hasCallbacks) {
        fail(new RuntimeError("NodeJsExit", "The event loop is empty and the promise not settled"));
      } else {
        succeed(null);
      }
    },
  };
  const extra = hasCallbacks
    ? callbackContext({
        succeed,
        fail,
        succeedWhenIdle(value) {
          resultWhenIdle = { value };
        },
      })
    : undefined;
  callHandler(handler, parse(event), requestId, extra, succeed, fail);
}

function callHandler(
  handler: Handler,
  event: unknown,
  requestId: string,
  extra: ReturnType<typeof callbackContext> | undefined,
  succeed: (value: unknown) => void,
  fail: (thrown: unknown) => void,
): void {
  try {
    const context = invocationContext(setup, requestId);
    const returned =
      extra === undefined
        ? handler(event, context)
        : handler(
            event,
            Object.defineProperties(context, Object.getOwnPropertyDescriptors(extra.context)),
            extra.callback,
          );
    if (isPromise(returned)) {
      returned.then(succeed, fail);
    } else if (!hasCallbacks) {
      succeed(returned);
    }
  } catch (thrown) {
    fail(thrown);
  }
}

function sendResult(value: unknown): void {
  let result: string;
  try {
    result = stringify(value) ?? "null";
  } catch (thrown) {
    const { message, stack } = describeError(thrown);
    sendError({ type: "Runtime.JSONStringifyError", message, stack });
    return;
  }
  post({ kind: "result", result, ...settle() });
}

function sendError(error: FunctionError): void {
  log.write("ERROR", `Invoke Error ${formatError(error)}`);
  post({ kind: "error", error, ...settle() });
}

/** Ends the current invocation: the thread waits for the next. */
function settle(): InvocationMeasure {
  const durationMs = performance.now() - startedMs;
  const hasLeftovers = process.getActiveResourcesInfo().length > 0;
  current = undefined;
  port.ref();
  const { total_heap_size: heapBytes, external_memory: externalBytes } = getHeapStatistics();
  const memoryMb = Math.ceil((heapBytes + externalBytes) / 1_048_576);
  return { durationMs, memoryMb, hasLeftovers };
}

function crash(title: string, error: FunctionError): void {
  log.write("ERROR", `${title} ${formatError(error)}`);
  post({ kind: "crash", error });
  process.exit(129);
}

/** A signal for this process would end the whole server: it ends this thread only. */
function killOnlyOthers(kill: typeof process.kill): typeof process.kill {
  return (pid, signal) => {
    if (pid !== process.pid && pid > 0) {
      return kill(pid, signal);
    }
    return signal === 0 ? true : process.exit(137);
  };
}

function isAsync(handler: Handler): boolean {
  return handler.constructor.name === "AsyncFunction";
}

function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    "then" in value &&
    typeof value.then === "function"
  );
}
