import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
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

/** Loggers write to the file descriptors 1 and 2 themselves: these are the server's own. */
function captureFileDescriptors(writers: readonly [Write, Write]): void {
  const { writeSync, write } = fs;
  Reflect.set(fs, "writeSync", (descriptor: number, ...rest: unknown[]) => {
    const writer = writers[descriptor - 1];
    return writer === undefined
      ? Reflect.apply(writeSync, fs, [descriptor, ...rest])
      : capture(writer, rest);
  });
  Reflect.set(fs, "write", (descriptor: number, ...rest: unknown[]) => {
    const writer = writers[descriptor - 1];
    if (writer === undefined) {
      Reflect.apply(write, fs, [descriptor, ...rest]);
    } else {
      callLater(rest.at(-1), null, capture(writer, rest), rest[0]);
    }
  });
  syncBuiltinESMExports();
}

/** Writes as `fs.writeSync` would and returns the number of bytes. */
function capture(writer: Write, [data, offset, length]: readonly unknown[]): number {
  if (typeof data === "string") {
    writer(data);
    return Buffer.byteLength(data);
  }
  const bytes = Buffer.from(data as Uint8Array);
  const start = typeof offset === "number" ? offset : 0;
  const part = bytes.subarray(start, typeof length === "number" ? start + length : undefined);
  writer(part);
  return part.length;
}

function callLater(callback: unknown, ...values: unknown[]): void {
  if (typeof callback === "function") {
    process.nextTick(() => Reflect.apply(callback, undefined, values));
  }
}
