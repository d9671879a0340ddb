/* oxlint-disable max-lines-per-function -- what runs in the sandbox is complete in itself */
import type { guestBufferClass, guestBufferNumbers, guestTextOfBytes } from "./guest-buffer.ts";
import type { guestByteStrings, guestDate, guestErrors, guestPrune } from "./guest-built-ins.ts";
import type { guestCloudFront } from "./guest-cloudfront.ts";
import type { GuestCall, GuestHost, GuestState } from "./guest-host.ts";
import type { guestDump } from "./guest-dump.ts";
import type { guestCrypto, guestQuerystring } from "./guest-modules.ts";
import type { guestText } from "./guest-text.ts";

/** What the sandbox is made of, by the name of the function. */
export interface GuestParts {
  readonly guestBufferClass: typeof guestBufferClass;
  readonly guestBufferNumbers: typeof guestBufferNumbers;
  readonly guestByteStrings: typeof guestByteStrings;
  readonly guestCloudFront: typeof guestCloudFront;
  readonly guestCrypto: typeof guestCrypto;
  readonly guestDate: typeof guestDate;
  readonly guestDump: typeof guestDump;
  readonly guestErrors: typeof guestErrors;
  readonly guestPrune: typeof guestPrune;
  readonly guestQuerystring: typeof guestQuerystring;
  readonly guestText: typeof guestText;
  readonly guestTextOfBytes: typeof guestTextOfBytes;
}

/** The function's code as a function: it is run anew for each invocation, and returns the handler. */
export type GuestProgram = (
  importModule: (name: string) => unknown,
  explain: (error: unknown) => unknown,
  noteKey: (key: unknown) => unknown,
) => (event: unknown) => unknown;

/** What the outside calls. */
export interface Guest {
  /**
   * Runs the handler.
   *
   * @returns `o` and the result as JSON, `u` where JSON has none, `f` and what was thrown, `p` while it is awaited
   */
  run(
    program: GuestProgram,
    event: string,
    now: number,
    rawQueryString: string | undefined,
    edgeLocation: string | undefined,
  ): string;
  /** Returns the same once it was awaited. */
  take(): string;
}

/** Prepares the sandbox's globals, and returns what runs handlers in it. */
export function guestStart(
  call: GuestCall,
  isRuntime2: boolean,
  table: Readonly<Record<string, readonly string[]>>,
  parts: GuestParts,
): Guest {
  const state: GuestState = {
    now: 0,
    rawQueryString: undefined,
    edgeLocation: {},
    isViewerRequest: true,
    isSettled: false,
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
    explain: outside("explain"),
    explainJson: outside("explainJson"),
    hash: outside("hash"),
    log: outside("log"),
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
  const explain = (error: unknown): unknown => {
    if (!(error instanceof Error)) return error;
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
  parts.guestDate(state);

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
    ...(isRuntime2 ? { buffer: Object.freeze({ Buffer }) } : {}),
  };
  const importable: Record<string, unknown> = {
    ...modules,
    cloudfront: parts.guestCloudFront(host, state, parse, toBytes),
  };
  const require = (name: unknown): unknown => {
    const module = typeof name === "string" ? modules[name] : undefined;
    if (module === undefined) throw new Error(`Cannot find module "${String(name)}"`);
    return module;
  };
  const { guestDump: dump } = parts;
  const console = {
    log: (...values: unknown[]): void =>
      host.log(values.map((value) => (typeof value === "string" ? value : dump(value))).join(" ")),
  };
  Object.assign(globalThis, { Buffer, require, console, global: globalThis });
  Object.assign(globalThis, parts.guestText(host, textOfBytes));
  if (!isRuntime2) parts.guestByteStrings(host);
  parts.guestPrune(table);

  const fail = (thrown: unknown): void => {
    const error = explain(thrown);
    const isError = error instanceof Error;
    state.isSettled = true;
    state.failure = stringify({
      text: isError ? `${error.name}: ${error.message}`.replace(/: $/, "") : String(error),
      stack: isError ? error.stack : "",
    });
  };
  const settle = (result: unknown): void => {
    try {
      state.output = stringify(result);
      state.isSettled = true;
    } catch (error) {
      fail(error);
    }
  };
  const take = (): string => {
    if (!state.isSettled) return "p";
    if (state.failure !== undefined) return `f${state.failure}`;
    return state.output === undefined ? "u" : `o${state.output}`;
  };
  const { then } = Promise.prototype;
  const noteKey = (key: unknown): unknown => {
    state.lastKey = key;
    return key;
  };
  const isThenable = (value: unknown): value is Promise<unknown> => value instanceof Promise;
  return {
    take,
    run(program, event, now, rawQueryString, edgeLocation) {
      state.now = now;
      state.isViewerRequest = edgeLocation !== undefined;
      state.edgeLocation = edgeLocation === undefined ? {} : (parse(edgeLocation) as object);
      state.output = undefined;
      state.failure = undefined;
      state.isSettled = false;
      const parsed = parse(event) as { request?: object };
      if (typeof parsed.request === "object" && parsed.request !== null) {
        Object.defineProperty(parsed.request, "rawQueryString", { value: () => rawQueryString });
      }
      try {
        const result = program((name) => importable[name], explain, noteKey)(parsed);
        if (isThenable(result)) then.call(result, settle, fail);
        else settle(result);
      } catch (error) {
        fail(error);
      }
      return take();
    },
  };
}
