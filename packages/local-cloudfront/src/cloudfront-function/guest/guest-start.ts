/* oxlint-disable max-lines-per-function -- what runs in the sandbox is complete in itself */
import type { guestBufferClass, guestBufferNumbers, guestTextOfBytes } from "./guest-buffer.ts";
import type { guestByteStrings, guestDate, guestErrors, guestPrune } from "./guest-built-ins.ts";
import type { guestChecks } from "./guest-checks.ts";
import type { guestCloudFront } from "./guest-cloudfront.ts";
import type { guestEvents } from "./guest-event.ts";
import type { GuestCall, GuestHost, GuestRead, GuestState } from "./guest-host.ts";
import type { guestCwt } from "./guest-cwt.ts";
import type { guestDump } from "./guest-dump.ts";
import type { guestCrypto, guestQuerystring } from "./guest-modules.ts";
import type { guestText } from "./guest-text.ts";

/** What the sandbox is made of, by the name of the function. */
export interface GuestParts {
  readonly guestBufferClass: typeof guestBufferClass;
  readonly guestBufferNumbers: typeof guestBufferNumbers;
  readonly guestByteStrings: typeof guestByteStrings;
  readonly guestChecks: typeof guestChecks;
  readonly guestCloudFront: typeof guestCloudFront;
  readonly guestCrypto: typeof guestCrypto;
  readonly guestCwt: typeof guestCwt;
  readonly guestDate: typeof guestDate;
  readonly guestDump: typeof guestDump;
  readonly guestErrors: typeof guestErrors;
  readonly guestEvents: typeof guestEvents;
  readonly guestPrune: typeof guestPrune;
  readonly guestQuerystring: typeof guestQuerystring;
  readonly guestText: typeof guestText;
  readonly guestTextOfBytes: typeof guestTextOfBytes;
}

/**
 * The function's code as a function, which returns the handler. It is run anew for each invocation, but for code that
 * calls `keep` with all its bindings: they are frozen, and the handler serves all invocations.
 */
export type GuestProgram = (
  importModule: (name: string) => unknown,
  explain: (error: unknown) => unknown,
  noteKey: (key: unknown) => unknown,
  keep: (bindings: readonly unknown[]) => void,
  reportMembers: (members: readonly GuestMember[]) => void,
) => (event: unknown) => unknown;

/** A package of a composed function. */
export interface GuestMember {
  handler: (event: unknown) => unknown;
}

/** What the outside calls. */
export interface Guest {
  /**
   * Runs the handler.
   *
   * @param head as `GuestEvents.make` takes it
   * @returns `o` and the result as JSON, `u` where JSON has none, `c` and the changes of the event's own message,
   *   `f` and what was thrown, `s` where code that was kept failed, `p` while it is awaited
   */
  run(program: GuestProgram, head: string, isViewerRequest: boolean): string;
  /** Returns the same once it was awaited. */
  take(): string;
}

/** Prepares the sandbox's globals, and returns what runs handlers in it. */
export function guestStart(
  call: GuestCall,
  read: GuestRead,
  isRuntime2: boolean,
  table: Readonly<Record<string, readonly string[]>>,
  parts: GuestParts,
): Guest {
  const state: GuestState = {
    now: undefined,
    edgeLocation: undefined,
    isViewerRequest: true,
    outcome: "p",
    lastKey: "",
  };
  const { parse, stringify } = JSON;
  const outside =
    (name: string) =>
    (...args: unknown[]): never =>
      parse(call(name, stringify(args))) as never;
  const host: GuestHost = {
    changeOrigin: outside("changeOrigin"),
    convert: outside("convert"),
    decodeCwt: outside("decodeCwt"),
    encodeCwt: outside("encodeCwt"),
    explain: outside("explain"),
    explainJson: outside("explainJson"),
    hash: outside("hash"),
    log: outside("log"),
    logCustomData: outside("logCustomData"),
    memberReturned: outside("memberReturned"),
    readStore: outside("readStore"),
  };
  const errors: Readonly<Record<string, new (message: string) => Error>> = {
    RangeError,
    ReferenceError,
    SyntaxError,
    TypeError,
    URIError,
  };
  const { toString } = Object.prototype;
  const keyText = (key: unknown): string => {
    if (typeof key === "symbol") return "unknown";
    return typeof key === "object" && key !== null ? toString.call(key) : String(key);
  };
  let kept: ReturnType<GuestProgram> | undefined;
  let isKept = false;
  let isDoubtful = false;
  const { getOwnPropertyDescriptor, isFrozen, freeze } = Object;
  const { ownKeys } = Reflect;
  const deepFreeze = (value: unknown): void => {
    if ((typeof value !== "object" && typeof value !== "function") || value === null) return;
    if (isFrozen(value)) return;
    freeze(value);
    for (const key of ownKeys(value)) deepFreeze(getOwnPropertyDescriptor(value, key)?.value);
  };
  const keep = (bindings: readonly unknown[]): void => {
    isKept = true;
    deepFreeze(bindings);
  };
  const explain = (error: unknown): unknown => {
    if (!(error instanceof Error)) return error;
    if (isKept && error instanceof TypeError) isDoubtful = true;
    const { message, name, stack = "" } = error;
    const text = host.explain(name, message, stack, keyText(state.lastKey));
    if (text === `${name}: ${message}`) return error;
    const [, newName = "", newMessage = ""] = /^(\w+): ([^]*)$/.exec(text) ?? [];
    const Explained = errors[newName];
    if (newName === name || Explained === undefined) {
      error.message = newMessage;
      return error;
    }
    const explained = new Explained(newMessage);
    Object.defineProperty(explained, "stack", { value: stack, configurable: true });
    return explained;
  };
  const InternalErrorClass = (globalThis as unknown as { InternalError: typeof Error })
    .InternalError;
  parts.guestErrors(host, explain, InternalErrorClass);
  parts.guestDate(() => (state.now ??= Number(read("now"))));
  const events = parts.guestEvents(read, parse, stringify);

  const { guestTextOfBytes: textOfBytes } = parts;
  const Buffer = parts.guestBufferClass(host, textOfBytes);
  parts.guestBufferNumbers(Buffer);
  const toBytes = (binary: string): Uint8Array =>
    (Buffer as unknown as { from(text: string, encoding: string): Uint8Array }).from(
      host.convert(binary, "latin1", "hex"),
      "hex",
    );
  const modules: Record<string, unknown> = {
    crypto: parts.guestCrypto(host, textOfBytes, isRuntime2 ? toBytes : undefined),
    querystring: parts.guestQuerystring(),
    ...(isRuntime2 && {
      buffer: Object.freeze({ Buffer }),
      cloudfront: parts.guestCloudFront(
        host,
        { state, read, parse, toBytes },
        parts.guestCwt(host, parse, textOfBytes, toBytes),
      ),
    }),
  };
  const require = (name: unknown): unknown => {
    if (name === undefined) throw new TypeError("missing path");
    const module = typeof name === "string" ? modules[name] : undefined;
    if (module === undefined) throw new Error(`Cannot find module "${String(name)}"`);
    return module;
  };
  const { guestDump: dump } = parts;
  const console = {
    log: (...values: unknown[]): void => {
      host.log(values.map((value) => (typeof value === "string" ? value : dump(value))).join(" "));
    },
  };
  Object.assign(globalThis, { Buffer, require, console, global: globalThis });
  Object.assign(globalThis, parts.guestText(host, textOfBytes));
  if (!isRuntime2) parts.guestByteStrings(host);
  parts.guestChecks();
  parts.guestPrune(table);

  const fail = (thrown: unknown): void => {
    isDoubtful = isKept;
    const error = explain(thrown);
    const isError = error instanceof Error;
    const described = {
      text: isError ? `${error.name}: ${error.message}`.replace(/: $/, "") : String(error),
      stack: isError ? error.stack : "",
    };
    state.outcome = `f${stringify(described)}`;
  };
  const settle = (result: unknown): void => {
    try {
      const changes = events.changesOf(result);
      const output = changes ?? stringify(result);
      state.outcome = output === undefined ? "u" : `${changes === undefined ? "o" : "c"}${output}`;
    } catch (error) {
      fail(error);
    }
  };
  const { then } = Promise.prototype;
  const noteKey = (key: unknown): unknown => {
    state.lastKey = key;
    return key;
  };
  const isThenable = (value: unknown): value is Promise<unknown> => value instanceof Promise;
  const returned = (result: unknown): void => {
    host.memberReturned(stringify(result) ?? "null");
  };
  const reportMembers = (members: readonly GuestMember[]): void => {
    members.forEach((member) => {
      const { handler } = member;
      member.handler = (event) => {
        const result = handler(event);
        if (isThenable(result)) then.call(result, returned, () => undefined);
        else returned(result);
        return result;
      };
    });
  };
  const take = (): string => (isDoubtful ? "s" : state.outcome);
  const importModule = (name: string): unknown => modules[name];
  return {
    take,
    run(program, head, isViewerRequest) {
      state.now = undefined;
      state.edgeLocation = undefined;
      state.isViewerRequest = isViewerRequest;
      state.outcome = "p";
      const event = events.make(head, isViewerRequest);
      try {
        const handler = kept ?? program(importModule, explain, noteKey, keep, reportMembers);
        if (typeof handler !== "function") {
          throw new TypeError(`${handler === null ? "null" : typeof handler} is not a function`);
        }
        if (isKept) kept = handler;
        const result = handler(event);
        if (isThenable(result)) then.call(result, settle, fail);
        else settle(result);
      } catch (error) {
        fail(error);
      }
      return take();
    },
  };
}
