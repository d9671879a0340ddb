import type { GuestHost } from "./guest-host.ts";

/** Removes what the runtime lacks: of each object in the table, every member that it does not name. */
export function guestPrune(table: Readonly<Record<string, readonly string[]>>): void {
  const kept: readonly string[] = ["prototype", "constructor", "name", "length", "message"];
  const objectAt = (path: string): object | undefined => {
    const [root = "", ...rest] = path.split(".");
    let value: unknown =
      root === "TypedArray"
        ? Object.getPrototypeOf(Uint8Array)
        : (globalThis as unknown as Record<string, unknown>)[root];
    for (const key of rest) value = (value as Record<string, unknown> | undefined)?.[key];
    return value as object | undefined;
  };
  const prune = (object: object, names: readonly string[]): void => {
    for (const key of Object.getOwnPropertyNames(object)) {
      if (names.includes(key) || kept.includes(key)) continue;
      delete (object as Record<string, unknown>)[key];
    }
  };
  for (const path of Object.keys(table)) {
    const object = path === "globals" ? undefined : objectAt(path);
    if (object !== undefined) prune(object, table[path] ?? []);
  }
  prune(globalThis, [...(table["globals"] ?? []), "eval"]);
}

/** Has `Date` stand still, in UTC. */
export function guestDate(now: () => number): void {
  const RealDate = Date;
  const { UTC, parse } = RealDate;
  const construct = Reflect.construct.bind(Reflect);
  function FrozenDate(...args: unknown[]): unknown {
    if (new.target === undefined) return new RealDate(now()).toString();
    return construct(RealDate, args.length === 0 ? [now()] : args, new.target);
  }
  const { prototype } = RealDate;
  Object.defineProperty(FrozenDate, "prototype", { value: prototype, writable: false });
  Object.defineProperty(FrozenDate, "name", { value: "Date" });
  Object.defineProperty(FrozenDate, "length", { value: 7 });
  prototype.constructor = FrozenDate;
  Object.assign(FrozenDate, { UTC, now: () => now(), parse });
  const methods = prototype as unknown as Record<string, unknown>;
  for (const name of Object.getOwnPropertyNames(prototype)) {
    const utc = methods[name.replace(/^(get|set)(?!UTC)/, "$1UTC")];
    if (/^(?:get|set)/.test(name) && typeof utc === "function") methods[name] = utc;
  }
  methods["getTimezoneOffset"] = () => 0;
  for (const part of ["", "Date", "Time"]) {
    methods[`toLocale${part}String`] = methods[`to${part}String`];
  }
  globalThis.Date = FrozenDate as unknown as DateConstructor;
}

/** Forbids code that is made at run time, and gives errors the runtime's words. */
export function guestErrors(
  host: GuestHost,
  explain: (error: unknown) => unknown,
  InternalErrorClass: new (message: string) => Error,
): void {
  const functionPrototype = Function.prototype;
  function DisabledFunction(): never {
    throw new TypeError('function constructor is disabled in "safe" mode');
  }
  Object.defineProperty(DisabledFunction, "prototype", { value: functionPrototype });
  Object.defineProperty(DisabledFunction, "name", { value: "Function" });
  for (const prototype of [
    functionPrototype,
    Object.getPrototypeOf(async () => {}) as object,
    Object.getPrototypeOf(function* () {}) as object,
    Object.getPrototypeOf(async function* () {}) as object,
  ]) {
    Object.defineProperty(prototype, "constructor", {
      value: DisabledFunction,
      writable: true,
      configurable: true,
    });
  }
  const realParse = JSON.parse;
  const { then } = Promise.prototype;
  Object.assign(globalThis, {
    Function: DisabledFunction,
    eval: () => {
      throw new InternalErrorClass("Not implemented");
    },
  });
  JSON.parse = function parse(text: string, reviver?: (key: string, value: unknown) => unknown) {
    try {
      return realParse(text, reviver) as unknown;
    } catch (error) {
      const isSyntax = error instanceof SyntaxError;
      throw isSyntax ? new SyntaxError(host.explainJson(String(text))) : error;
    }
  };
  // oxlint-disable-next-line unicorn/no-thenable -- it is the promises' own
  Promise.prototype.then = function (this: Promise<unknown>, onDone, onFailed) {
    return then.call(
      this,
      onDone,
      typeof onFailed === "function" ? (error: unknown) => onFailed(explain(error)) : onFailed,
    ) as never;
  };
}

/** The byte strings of cloudfront-js-1.0. */
export function guestByteStrings(host: GuestHost): void {
  // oxlint-disable-next-line no-control-regex -- bytes are what is looked for
  const isBytes = (text: string): boolean => !/[^\u0000-\u00ff]/.test(text);
  Object.assign(String, {
    bytesFrom: (source: string | readonly number[], encoding: "hex" = "hex") =>
      typeof source === "string"
        ? host.convert(source, encoding, "latin1")
        : String.fromCharCode(...source),
  });
  const methods: Record<string, (this: string, start?: number, end?: number) => string | null> = {
    fromBytes(start = 0, end) {
      return String(this).slice(start, end);
    },
    fromUTF8(start = 0, end) {
      return host.convert(String(this).slice(start, end), "latin1", "utf8");
    },
    toBytes(start = 0, end) {
      const text = String(this).slice(start, end);
      return isBytes(text) ? text : null;
    },
    toUTF8(start = 0, end) {
      return host.convert(String(this).slice(start, end), "utf8", "latin1");
    },
  };
  for (const name of Object.keys(methods)) {
    Object.defineProperty(String.prototype, name, {
      value: methods[name],
      writable: true,
      configurable: true,
    });
  }
}
