import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { devNull } from "node:os";
import { format } from "node:util";

/** The log of an execution environment, as Lambda's text format writes it. */
export interface LambdaLog {
  /** The invocation whose id the lines carry. */
  requestId: string | undefined;
  /** Writes one entry: time, request id, level and message, parted by tabs. */
  write(level: string, message: string): void;
}

type Level = "TRACE" | "DEBUG" | "INFO" | "WARN" | "ERROR" | "FATAL";

const METHODS: readonly (readonly [string, Level])[] = [
  ["trace", "TRACE"],
  ["debug", "DEBUG"],
  ["info", "INFO"],
  ["log", "INFO"],
  ["warn", "WARN"],
  ["error", "ERROR"],
  ["fatal", "FATAL"],
];

/**
 * Sends everything that a function writes to the console, to standard output and to standard
 * error to the log instead.
 *
 * @param emit takes one entry, which may have several lines
 * @see https://docs.aws.amazon.com/lambda/latest/dg/nodejs-logging.html
 */
export function captureConsole(emit: (entry: string) => void): LambdaLog {
  const log: LambdaLog = {
    requestId: undefined,
    write(level, message) {
      emit(`${new Date().toISOString()}\t${log.requestId}\t${level}\t${message}`);
    },
  };
  for (const [method, level] of METHODS) {
    Reflect.set(console, method, (...values: unknown[]) => {
      log.write(level, format(...values));
    });
  }
  const writers = [lineWriter(emit), lineWriter(emit)] as const;
  captureStream(process.stdout, writers[0]);
  captureStream(process.stderr, writers[1]);
  Reflect.set(process, "_rawDebug", (...values: unknown[]) => emit(format(...values)));
  captureFileDescriptors(writers);
  return log;
}

type Write = (chunk: unknown) => void;

/** Gathers what is written into whole lines. */
function lineWriter(emit: (entry: string) => void): Write {
  let pending = "";
  return (chunk) => {
    const text = chunk instanceof Uint8Array ? Buffer.from(chunk).toString() : String(chunk);
    const lines = (pending + text).split("\n");
    pending = lines.pop() ?? "";
    lines.forEach(emit);
  };
}

function captureStream(stream: NodeJS.WriteStream, write: Write): void {
  Reflect.set(stream, "write", (chunk: unknown, ...rest: unknown[]) => {
    write(chunk);
    callLater(rest.at(-1));
    return true;
  });
}

type AnyFunction = (...values: unknown[]) => unknown;

/** What functions of `node:fs` do where they are called for standard output or standard error. */
const writesByName: Readonly<Record<string, (write: Write, rest: readonly unknown[]) => unknown>> =
  {
    write: writePart,
    writev: (write, [parts]) =>
      (parts as readonly Uint8Array[]).reduce((bytes, part) => bytes + writePart(write, [part]), 0),
    writeFile: (write, [data]) => write(data),
    appendFile: (write, [data]) => write(data),
    close: () => undefined,
  };

const standardStreamPaths =
  /^(?:file:\/\/)?\/(?:dev\/(?:std(?:out|err)|fd\/[012])|proc\/[^/]+\/fd\/[012])$/;

/**
 * Loggers write to the descriptors 1 and 2, or to their names, themselves: these are the server's own.
 * A file that is opened by such a name swallows what is written.
 */
function captureFileDescriptors(writers: readonly [Write, Write]): void {
  const functions = fs as unknown as Record<string, AnyFunction>;
  const promises = fs.promises as unknown as Record<string, AnyFunction>;
  const writerOf = (target: unknown): Write | undefined => {
    if (target === 0 || target === 1 || target === 2) return writers[target === 2 ? 1 : 0];
    return standardStreamPaths.test(String(target))
      ? writers[/err$|2$/.test(String(target)) ? 1 : 0]
      : undefined;
  };
  for (const [name, write] of Object.entries(writesByName)) {
    replace(functions, `${name}Sync`, (original) => (target, ...rest) => {
      const writer = writerOf(target);
      return writer === undefined ? original(target, ...rest) : write(writer, rest);
    });
    replace(functions, name, (original) => (target, ...rest) => {
      const writer = writerOf(target);
      if (writer === undefined) return original(target, ...rest);
      return callLater(rest.at(-1), null, write(writer, rest), rest[0]);
    });
    replace(promises, name, (original) => async (target, ...rest) => {
      const writer = writerOf(target);
      return writer === undefined ? original(target, ...rest) : write(writer, rest);
    });
  }
  for (const [holder, name] of [
    [functions, "open"],
    [functions, "openSync"],
    [promises, "open"],
  ] as const) {
    replace(
      holder,
      name,
      (original) =>
        (path, ...rest) =>
          original(standardStreamPaths.test(String(path)) ? devNull : path, ...rest),
    );
  }
  syncBuiltinESMExports();
}

function replace(
  holder: Record<string, AnyFunction>,
  name: string,
  replacement: (original: AnyFunction) => AnyFunction,
): void {
  const original = holder[name];
  if (original !== undefined) Reflect.set(holder, name, replacement(original.bind(holder)));
}

/** Writes as `fs.writeSync` would and returns the number of bytes. */
function writePart(write: Write, [data, offset, length]: readonly unknown[]): number {
  if (typeof data === "string") {
    write(data);
    return Buffer.byteLength(data);
  }
  const bytes = Buffer.from(data as Uint8Array);
  const start = typeof offset === "number" ? offset : 0;
  const part = bytes.subarray(start, typeof length === "number" ? start + length : undefined);
  write(part);
  return part.length;
}

function callLater(callback: unknown, ...values: unknown[]): void {
  if (typeof callback === "function") {
    process.nextTick(() => Reflect.apply(callback, undefined, values));
  }
}
