import { getHeapStatistics } from "node:v8";
import type { FunctionError, InvocationBatch, InvocationMeasure } from "../worker-messages.ts";
import { callbackContext } from "./callback-context.ts";
import { RuntimeError, describeError, formatError } from "./function-error.ts";
import { invocationContext } from "./invocation-context.ts";
import { isPromise } from "./is-promise.ts";
import { killOnlyOthers } from "./kill-only-others.ts";
import { captureConsole } from "./lambda-console.ts";
import { loadHandler } from "./load-handler.ts";
import type { Handler } from "./load-handler.ts";
import { MessageOutbox } from "./message-outbox.ts";
import { port, receivedSetup } from "./thread-start.ts";
import { invocationsOf, makeEvent, type WaitingInvocation } from "./waiting-invocation.ts";

// Taken before the function runs, which may replace them for itself.
const { stringify } = JSON;
const { compareExchange } = Atomics;
const nextTurn = setImmediate;
const now = performance.now.bind(performance);

/** For how many milliseconds an answer waits for those of the invocations behind it. */
const ANSWERS_WAIT_MS = 0.5;

/** What one invocation may log. */
const MAX_LOGGED_CHARACTERS = 1_000_000;

// One execution environment: this thread loads one handler and runs one invocation at a time.
const setup = receivedSetup();
const outbox = new MessageOutbox(port, setup.ring);
const log = captureConsole(logWithinLimit);
const hasCallbacks = /^nodejs(1\d|20|22)\.x$/.test(setup.runtime);

interface CurrentInvocation {
  readonly answerWhenIdle: () => void;
  /** Sends the answer, once there is one. */
  send: (() => void) | undefined;
  /** Whether the turn in which it began is over: rejections that nobody handles have come up. */
  isTurnOver: boolean;
}

/** The invocation that is under way. */
let current: CurrentInvocation | undefined;
/** Turns that will come, one for each invocation that waits and one for its answer. */
let turns = 0;
/** Those that come after it, the next one first. */
const waiting: WaitingInvocation[] = [];
let startedMs = 0;
/** The other side will end this thread. */
let isOutOfMemory = false;
/** When the first answer was given of which the other side was not told. */
let untoldSinceMs: number | undefined;
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
process.on("beforeExit", exitUnsettled);
Reflect.set(process, "kill", killOnlyOthers(process.kill.bind(process)));

// Stacks lead to the sources of what is loaded from here on, where it has source maps.
process.setSourceMapsEnabled(true);

void start();

async function start(): Promise<void> {
  try {
    const { taskRoot, handler: name } = setup;
    const handler = await loadHandler({ taskRoot, handler: name, hasCallbacks });
    process.off("beforeExit", exitUnsettled);
    port.on("message", (batch: InvocationBatch) => receive(handler, batch));
    outbox.put({ kind: "ready" });
    outbox.call();
  } catch (thrown) {
    outbox.put({ kind: "init-error", error: describeError(thrown) });
    process.exit(1);
  }
}

/** The function's module waits for what will never come: Node.js's own status for that. */
function exitUnsettled(): void {
  process.exit(13);
}

/** A function that logs without end must not fill the memory of the server. */
function logWithinLimit(entry: string): void {
  if (logged <= MAX_LOGGED_CHARACTERS) {
    logged += entry.length + 1;
    const isRest = logged > MAX_LOGGED_CHARACTERS;
    outbox.put({ kind: "log", entry: isRest ? "[the rest of the log is left out]" : entry });
    if (current === undefined) outbox.call();
  }
}

function receive(handler: Handler, batch: InvocationBatch): void {
  for (const invocation of invocationsOf(batch)) waiting.push(invocation);
  if (current === undefined) beginNext(handler);
}

/**
 * Turns are asked for ahead: many of them take place in one turn of the event loop, where one that
 * asks for the next would take one of its own, which costs more than most functions do. After each of
 * them, Node.js runs what is queued and tells of rejections.
 */
function askForTurns(handler: Handler): void {
  while (turns < waiting.length + 1) {
    turns += 1;
    nextTurn(() => {
      turns -= 1;
      takeTurn(handler);
    });
  }
}

/** Sends the answer of what began in an earlier turn, if there is one, and begins the next. */
function takeTurn(handler: Handler): void {
  if (current === undefined) return;
  if (current.send === undefined) {
    if (!current.isTurnOver) waitForAnswer();
    current.isTurnOver = true;
    return;
  }
  current.send();
  if (!isOutOfMemory) beginNext(handler);
}

/** Begins the next invocation, unless it was taken back meanwhile. */
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
  // An answer may have waited for what was taken back.
  tell();
}

function invoke(handler: Handler, begun: WaitingInvocation): void {
  const { requestId } = begun;
  startedMs = now();
  logged = 0;
  log.requestId = requestId;
  let resultWhenIdle: { readonly value: unknown } | undefined;
  // Rejections that nobody handles come up before an answer is sent: they fail this invocation.
  const answer = (sendAnswer: () => void): void => {
    if (invocation.send !== undefined) return;
    invocation.send = sendAnswer;
    if (invocation.isTurnOver) askForTurns(handler);
  };
  const succeed = (value: unknown) => answer(() => sendResult(value));
  const fail = (thrown: unknown) => answer(() => sendError(describeError(thrown)));
  const invocation: CurrentInvocation = {
    send: undefined,
    isTurnOver: false,
    answerWhenIdle() {
      if (invocation.send !== undefined) {
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
  current = invocation;
  askForTurns(handler);
  const extra = hasCallbacks
    ? callbackContext({
        succeed,
        fail,
        succeedWhenIdle(value) {
          resultWhenIdle = { value };
        },
      })
    : undefined;
  callHandler(handler, makeEvent(begun), requestId, extra, succeed, fail);
}

/** With the port unreferenced, an empty event loop shows: nothing is left that could answer. */
function waitForAnswer(): void {
  tell();
  port.unref();
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
  put({ kind: "result", result, ...settle() });
}

function sendError(error: FunctionError): void {
  log.write("ERROR", `Invoke Error ${formatError(error)}`);
  put({ kind: "error", error, ...settle() });
}

/** The other side is told of several answers at once, unless one has waited for long. */
function put(message: Parameters<MessageOutbox["put"]>[0]): void {
  outbox.put(message);
  const nowMs = now();
  untoldSinceMs ??= nowMs;
  if (isOutOfMemory || waiting.length === 0 || nowMs - untoldSinceMs >= ANSWERS_WAIT_MS) tell();
}

function tell(): void {
  if (untoldSinceMs !== undefined) outbox.call();
  untoldSinceMs = undefined;
}

/** Ends the current invocation: the thread waits for the next. */
function settle(): InvocationMeasure {
  const durationMs = now() - startedMs;
  port.unref();
  const hasLeftovers = process.getActiveResourcesInfo().length > turns;
  current = undefined;
  port.ref();
  const { total_heap_size: heapBytes, external_memory: externalBytes } = getHeapStatistics();
  const memoryMb = Math.ceil((heapBytes + externalBytes) / 1_048_576);
  isOutOfMemory = memoryMb > setup.memoryMb;
  return { durationMs, memoryMb, hasLeftovers };
}

function crash(title: string, error: FunctionError): void {
  log.write("ERROR", `${title} ${formatError(error)}`);
  outbox.put({ kind: "crash", error });
  process.exit(129);
}

function isAsync(handler: Handler): boolean {
  return handler.constructor.name === "AsyncFunction";
}
