import { getHeapStatistics } from "node:v8";
import { fitsIntoRing, RingWriter } from "../../channel/message-ring.ts";
import { encodeThreadMessage } from "../../channel/thread-messages.ts";
import type {
  FunctionError,
  Invocation,
  InvocationBatch,
  InvocationMeasure,
  ThreadMessage,
} from "../../channel/thread-messages.ts";
import { RuntimeError, describeError, formatError } from "./function-error.ts";
import { callbackContext, type CallbackContext, invocationContext } from "./invocation-context.ts";
import { captureConsole } from "./lambda-console.ts";
import { loadHandler } from "./load-handler.ts";
import { reportMembers } from "./report-members.ts";
import { provideResponseStreams } from "./streamed-response.ts";
import type { Handler } from "./load-handler.ts";
import { port, receivedSetup } from "./thread-start.ts";

// Taken before the function runs, which may replace them for itself.
const { parse, stringify } = JSON;
const { compareExchange } = Atomics;
const nextTurn = setImmediate;
const now = performance.now.bind(performance);
const postText: (longText: string | undefined) => void = port.postMessage.bind(port);
const holdLoop = port.ref.bind(port);
const releaseLoop = port.unref.bind(port);

/** For how many milliseconds a response waits for those of the invocations behind it. */
const RESPONSES_WAIT_MS = 0.5;

/** What one invocation may log. */
const MAX_LOGGED_CHARACTERS = 1_000_000;

// One execution environment: this thread loads one handler and runs one invocation at a time.
const setup = receivedSetup();
const ring = new RingWriter(setup.ring, callMainThread);
const log = captureConsole(logWithinLimit);
const hasCallbacks = /^nodejs(1\d|20|22)\.x$/.test(setup.runtime);

interface NumberedInvocation extends Invocation {
  readonly number: number;
}

/** Called when the event loop is empty; undefined while no invocation is under way. */
let endWhenIdle: (() => void) | undefined;
/** Invocations that have not begun, the next one first. */
const waiting: NumberedInvocation[] = [];
/** Sends the response of the invocation that has ended; undefined where none has. */
let sendEnded: (() => void) | undefined;
/** Turns of the event loop that were asked for and have not come. */
let turns = 0;
let startedMs = 0;
/** When the first response was written for which the main thread was not called. */
let uncalledSinceMs: number | undefined;
/** The main thread will end this one. */
let isOutOfMemory = false;
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
process.on("beforeExit", () => endWhenIdle?.());
process.on("beforeExit", exitUnsettled);
Reflect.set(process, "kill", killOnlyOthers(process.kill.bind(process)));

// Stacks lead to the sources of what is loaded from here on, where it has source maps.
process.setSourceMapsEnabled(true);

void start();

async function start(): Promise<void> {
  for (const entry of setup.notices) write({ kind: "log", entry });
  provideResponseStreams();
  try {
    const { taskRoot, handler: name } = setup;
    const handler = await loadHandler({ taskRoot, handler: name, hasCallbacks });
    if (setup.isComposed) reportMembers(taskRoot, (result) => write({ kind: "member", result }));
    process.off("beforeExit", exitUnsettled);
    port.on("message", (batch: InvocationBatch) => receive(handler, batch));
    post({ kind: "ready" });
  } catch (thrown) {
    post({ kind: "init-error", error: describeError(thrown) });
    process.exit(1);
  }
}

/** The function's module waits for what will never come: Node.js's own status for that. */
function exitUnsettled(): void {
  process.exit(13);
}

/** A signal for this process would end the whole server: it ends this thread only. */
function killOnlyOthers(kill: typeof process.kill): typeof process.kill {
  return (pid, signal) => {
    if (pid !== process.pid && pid > 0) return kill(pid, signal);
    return signal === 0 ? true : process.exit(137);
  };
}

/** A function that logs without end must not fill the memory of the server. */
function logWithinLimit(entry: string): void {
  if (logged > MAX_LOGGED_CHARACTERS) return;
  logged += entry.length + 1;
  const isRest = logged > MAX_LOGGED_CHARACTERS;
  write({ kind: "log", entry: isRest ? "[the rest of the log is left out]" : entry });
  if (endWhenIdle === undefined) callMainThread();
}

/** Writes a message where the main thread can read it; it is not called to do so. */
function write(message: ThreadMessage): void {
  const text = encodeThreadMessage(message);
  const isLong = !fitsIntoRing(text);
  if (isLong) postText(text);
  ring.write(isLong ? undefined : text);
}

/** The main thread is called for several responses at once, unless one has waited for long. */
function respond(message: ThreadMessage): void {
  write(message);
  const nowMs = now();
  uncalledSinceMs ??= nowMs;
  const isDue = nowMs - uncalledSinceMs >= RESPONSES_WAIT_MS;
  if (isDue || isOutOfMemory || waiting.length === 0) callMainThread();
}

function post(message: ThreadMessage): void {
  write(message);
  callMainThread();
}

function callMainThread(): void {
  uncalledSinceMs = undefined;
  postText(undefined);
}

function receive(handler: Handler, { first, invocations }: InvocationBatch): void {
  for (const [index, { requestId, event }] of invocations.entries()) {
    waiting.push({ number: first + index, requestId, event });
  }
  if (endWhenIdle === undefined) beginNext(handler);
  askForTurns(handler, waiting.length + 1);
}

/**
 * Many turns that were asked for ahead take place in one round of the event loop, where each that asks
 * for the next takes a round of its own. After each turn, Node.js reports rejections.
 */
function askForTurns(handler: Handler, wanted: number): void {
  while (turns < wanted) {
    turns += 1;
    nextTurn(() => {
      turns -= 1;
      takeTurn(handler);
    });
  }
}

/** Sends the response of what has ended in an earlier turn, and begins the next invocation. */
function takeTurn(handler: Handler): void {
  const send = sendEnded;
  if (send === undefined) {
    // What takes longer than a turn does not hold up the responses before it.
    if (endWhenIdle !== undefined && uncalledSinceMs !== undefined) callMainThread();
    return;
  }
  sendEnded = undefined;
  send();
  if (!isOutOfMemory) beginNext(handler);
}

/** Begins the next invocation, unless it was reclaimed meanwhile. */
function beginNext(handler: Handler): void {
  let next = waiting.shift();
  while (next !== undefined) {
    const { number } = next;
    if (compareExchange(setup.claims, 0, number, number + 1) === number) {
      invoke(handler, next);
      return;
    }
    next = waiting.shift();
  }
  // A response may have waited for what was reclaimed.
  if (uncalledSinceMs !== undefined) callMainThread();
}

function invoke(handler: Handler, { requestId, event }: Invocation): void {
  startedMs = now();
  logged = 0;
  log.requestId = requestId;
  let isEnded = false;
  let resultWhenIdle: { readonly value: unknown } | undefined;
  const end = (send: () => void): void => {
    if (isEnded) return;
    isEnded = true;
    // Rejections that nobody handles come up before the next turn: they fail this invocation.
    sendEnded = send;
    askForTurns(handler, 1);
  };
  const succeed = (value: unknown) => end(() => sendResult(value));
  const fail = (thrown: unknown) => end(() => sendError(describeError(thrown)));
  endWhenIdle = () => {
    if (resultWhenIdle !== undefined) {
      succeed(resultWhenIdle.value);
    } else if (isAsync(handler) || !hasCallbacks) {
      fail(new RuntimeError("NodeJsExit", "The event loop is empty and the promise not settled"));
    } else {
      succeed(null);
    }
  };
  // An empty event loop shows: nothing is left that could settle.
  releaseLoop();
  const extra = hasCallbacks
    ? callbackContext({
        succeed,
        fail,
        succeedWhenIdle(value) {
          resultWhenIdle = { value };
        },
      })
    : undefined;
  callHandler(handler, parse(event), requestId, extra, extra ?? { succeed, fail });
}

function callHandler(
  handler: Handler,
  event: unknown,
  requestId: string,
  extra: CallbackContext | undefined,
  { succeed, fail }: Pick<CallbackContext, "succeed" | "fail">,
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
  respond({ kind: "result", result, ...settle() });
}

function sendError(error: FunctionError): void {
  log.write("ERROR", `Invoke Error ${formatError(error)}`);
  respond({ kind: "error", error, ...settle() });
}

/** Ends the current invocation: the thread waits for the next. */
function settle(): InvocationMeasure {
  const durationMs = now() - startedMs;
  const hasLeftovers = process.getActiveResourcesInfo().length > turns;
  endWhenIdle = undefined;
  holdLoop();
  const { total_heap_size: heapBytes, external_memory: externalBytes } = getHeapStatistics();
  const memoryMb = Math.ceil((heapBytes + externalBytes) / 1_048_576);
  isOutOfMemory = memoryMb > setup.memoryMb;
  return { durationMs, memoryMb, hasLeftovers };
}

function crash(title: string, error: FunctionError): void {
  log.write("ERROR", `${title} ${formatError(error)}`);
  post({ kind: "crash", error });
  process.exit(129);
}

function isAsync(handler: Handler): boolean {
  return handler.constructor.name === "AsyncFunction";
}

/** Whether what a handler returned will tell its result later. */
function isPromise(value: unknown): value is PromiseLike<unknown> {
  return (
    typeof value === "object" &&
    value !== null &&
    "then" in value &&
    typeof value.then === "function"
  );
}
