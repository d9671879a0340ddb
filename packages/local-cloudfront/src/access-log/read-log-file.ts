import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import type { LogFile } from "./find-log-files.ts";
import { LogLineReader } from "./log-line-reader.ts";
import { isParquet, parquetLines } from "./parquet-lines.ts";
import type { BrokenLine, LoggedRequest } from "./logged-request.ts";

/** One line of a file: a request, or a line that is broken. */
export interface LogEntry {
  /** From 1. */
  readonly line: number;
  readonly content: LoggedRequest | BrokenLine;
  /** Reads the line anew: who waits with it keeps less than its content. */
  readonly readAgain: () => LoggedRequest | BrokenLine;
}

/** Longer ones are broken: CloudFront logs no request whose URL and headers have more (CF-K-09). */
const maxLineBytes = 256 * 1024;

/**
 * Reads a file of access logs as a stream, in any format that `LogLineReader` knows, compressed with gzip or not, or in
 * Parquet. What cannot be read is a broken line.
 *
 * @param onBytes gets how many more bytes of the file were read
 * @throws {LocalCloudFrontError} when the store of the file does
 */
export async function* readLogFile(
  file: LogFile,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<LogEntry> {
  const reader = new LogLineReader();
  let line = 0;
  const entryOf = (bytes: Buffer): LogEntry | undefined => {
    line += 1;
    const read = bytes.byteLength > maxLineBytes ? tooLong : readerOf(reader, bytes);
    return read && { line, content: read(), readAgain: read };
  };
  let rest: Buffer = Buffer.alloc(0);
  try {
    for await (const chunk of chunksOf(file, onBytes)) {
      const bytes = rest.byteLength === 0 ? chunk : Buffer.concat([rest, chunk]);
      let start = 0;
      for (let end = bytes.indexOf("\n"); end >= 0; end = bytes.indexOf("\n", start)) {
        const entry = entryOf(bytes.subarray(start, bytes[end - 1] === 0x0d ? end - 1 : end));
        start = end + 1;
        if (entry !== undefined) yield entry;
      }
      // Of a line that does not end, no more is kept than shows that it is too long.
      rest = bytes.subarray(start, start + maxLineBytes + 1);
    }
    const last = rest.byteLength === 0 ? undefined : entryOf(rest);
    if (last !== undefined) yield last;
  } catch (error) {
    if (error instanceof LocalCloudFrontError) throw error;
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    const content = { reason: `the rest of the file cannot be read (${reason})` };
    yield { line: line + 1, content, readAgain: () => content };
  }
}

function tooLong(): BrokenLine {
  return { reason: `longer than ${maxLineBytes} characters` };
}

/**
 * Returns what reads a line; undefined where it is about no request. Its text is made each time: V8 keeps all of what a
 * part was taken from, and caches keep parts of lines.
 */
function readerOf(
  reader: LogLineReader,
  bytes: Buffer,
): (() => LoggedRequest | BrokenLine) | undefined {
  const format = reader.formatOf(bytes.toString("latin1"));
  return format && (() => format(bytes.toString("latin1")));
}

const chunkBytes = 256 * 1024;

async function* chunksOf(file: LogFile, onBytes: (bytes: number) => void): AsyncGenerator<Buffer> {
  const stored = file.read()[Symbol.asyncIterator]();
  const first = await stored.next();
  if (first.done === true) return;
  async function* counted(): AsyncGenerator<Buffer> {
    let next: IteratorResult<Buffer> = first;
    try {
      for (; next.done !== true; next = await stored.next()) {
        onBytes(next.value.byteLength);
        yield next.value;
      }
    } finally {
      await stored.return?.();
    }
  }
  // What goes wrong on the way ends the last of the streams, which is read here.
  if (isParquet(first.value)) {
    const chunks: Buffer[] = [];
    for await (const chunk of counted()) chunks.push(chunk);
    yield* parquetLines(Buffer.concat(chunks));
  } else if (isCompressed(first.value)) {
    yield* pipeline(counted, createGunzip({ chunkSize: chunkBytes }), () => undefined);
  } else {
    yield* counted();
  }
}

/** By the two bytes that gzip begins with: a file's name says little. */
function isCompressed(start: Buffer): boolean {
  return start[0] === 0x1f && start[1] === 0x8b;
}
