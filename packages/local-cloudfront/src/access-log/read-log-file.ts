import { closeSync, createReadStream, openSync, readSync } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { LogLineReader } from "./log-line-reader.ts";
import type { BrokenLine, LoggedRequest } from "./logged-request.ts";

/** One line of a file that tells of a request, or is broken. */
export interface LogEntry {
  /** From 1. */
  readonly line: number;
  readonly content: LoggedRequest | BrokenLine;
}

/** Longer ones are broken: CloudFront logs no request whose URL and headers have more (CF-K-09). */
const maxLineCharacters = 256 * 1024;

/**
 * Reads a file of access logs as a stream, in any format that `LogLineReader` knows, compressed with gzip or not. What
 * cannot be read is a broken line; nothing is thrown.
 *
 * @param onBytes is told how many more bytes of the file were read
 */
export async function* readLogFile(
  path: string,
  onBytes: (bytes: number) => void = () => undefined,
): AsyncGenerator<LogEntry> {
  const reader = new LogLineReader();
  let line = 0;
  const entryOf = (text: string): LogEntry | undefined => {
    line += 1;
    const content =
      text.length > maxLineCharacters
        ? { reason: `longer than ${maxLineCharacters} characters` }
        : reader.read(ownText(text));
    return content && { line, content };
  };
  let rest = "";
  try {
    for await (const chunk of textOf(path, onBytes)) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      for (const text of lines) {
        const entry = entryOf(text.endsWith("\r") ? text.slice(0, -1) : text);
        if (entry !== undefined) yield entry;
      }
      // Of a line that does not end, no more is kept than shows that it is too long.
      rest = rest.slice(0, maxLineCharacters + 1);
    }
    const last = rest === "" ? undefined : entryOf(rest);
    if (last !== undefined) yield last;
  } catch (error) {
    const reason = error instanceof Error && "code" in error ? String(error.code) : String(error);
    yield {
      line: line + 1,
      content: { reason: `the rest of the file cannot be read (${reason})` },
    };
  }
}

/**
 * Returns a copy of a line. V8 keeps the whole of what a part was taken from, and caches keep parts of lines: without
 * this, they would keep all of the log.
 */
function ownText(line: string): string {
  return Buffer.from(line, "latin1").toString("latin1");
}

const chunkBytes = 256 * 1024;

/** Yields one character a byte. */
async function* textOf(path: string, onBytes: (bytes: number) => void): AsyncGenerator<string> {
  const stored = createReadStream(path, { highWaterMark: chunkBytes });
  async function* counted(source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of source) {
      onBytes(chunk.byteLength);
      yield chunk;
    }
  }
  // What goes wrong on the way ends the last of the streams, which is read here.
  const plain: AsyncIterable<Buffer> = isCompressed(path)
    ? pipeline(stored, counted, createGunzip({ chunkSize: chunkBytes }), () => undefined)
    : counted(stored);
  for await (const chunk of plain) yield chunk.toString("latin1");
}

/** By the two bytes that gzip begins with: what a file is called tells little. */
function isCompressed(path: string): boolean {
  const file = openSync(path, "r");
  try {
    const start = Buffer.alloc(2);
    readSync(file, start);
    return start[0] === 0x1f && start[1] === 0x8b;
  } finally {
    closeSync(file);
  }
}
