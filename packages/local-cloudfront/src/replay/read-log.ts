import type { LogFile } from "../access-log/find-log-files.ts";
import type { BrokenLine, LoggedRequest } from "../access-log/logged-request.ts";
import { readLogFile, type LogEntry } from "../access-log/read-log-file.ts";
import { mergedInTime } from "./in-time-order.ts";
import { hashNumber, hashText } from "./text-hash.ts";

/** What reading a log came upon. */
export interface ReadLog {
  lines: number;
  /** Lines that the sample leaves out. */
  unsampled: number;
  broken: number;
  /** The first of the broken lines. */
  readonly brokenLines: (BrokenLine & { readonly file: string; readonly line: number })[];
  /** Of the files as they are stored. */
  bytes: number;
}

/** A request that waits until those before it were received. */
export interface WaitingRequest {
  readonly receivedAtMs: number;
  /** What the log says of it, which takes more memory. */
  read(): LoggedRequest;
}

const shownBrokenLines = 20;

export function emptyReadLog(): ReadLog {
  return { lines: 0, unsampled: 0, broken: 0, brokenLines: [], bytes: 0 };
}

/** How a log is read. */
export interface ReadLogOptions {
  /**
   * The share of the paths whose requests are read, from 0 to 1: all requests of a path or none, so that the cache does
   * with them what it did.
   */
  readonly sample: number;
  /** Gets what was read. */
  readonly read: ReadLog;
  /** Ends the reading. */
  readonly signal: AbortSignal;
}

/** Reads the requests of files: those of one hour by their times, one hour after the other. */
export async function* readLog(
  files: readonly LogFile[],
  options: ReadLogOptions,
): AsyncGenerator<WaitingRequest> {
  for (const group of filesAtOnce(files)) {
    yield* mergedInTime(group.map((file) => requestsOf(file, options)));
  }
}

/** Each is open, and takes its part of the memory. */
const maxFilesAtOnce = 16;

/** CloudFront writes several files of an hour, each from its beginning to its end, and names them after it. */
function filesAtOnce(files: readonly LogFile[]): readonly LogFile[][] {
  const groups: LogFile[][] = [];
  let lastHour: string | undefined;
  for (const file of files) {
    const [hour] = /\b\d{4}-\d\d-\d\d-\d\d\b(?=[^/\\]*$)/.exec(file.path) ?? [];
    const last = groups.at(-1);
    if (
      hour !== undefined &&
      hour === lastHour &&
      last !== undefined &&
      last.length < maxFilesAtOnce
    ) {
      last.push(file);
    } else {
      groups.push([file]);
    }
    lastHour = hour;
  }
  return groups;
}

async function* requestsOf(
  file: LogFile,
  { sample, read, signal }: ReadLogOptions,
): AsyncGenerator<WaitingRequest, void> {
  const entries = readLogFile(file, (bytes) => (read.bytes += bytes));
  for await (const { line, content, readAgain } of entries) {
    if (signal.aborted) return;
    read.lines += 1;
    if ("reason" in content) {
      read.broken += 1;
      if (read.brokenLines.length < shownBrokenLines) {
        read.brokenLines.push({ file: file.path, line, reason: content.reason });
      }
    } else if (sample < 1 && shareOf(content.uri) >= sample) {
      read.unsampled += 1;
    } else {
      yield { receivedAtMs: content.receivedAtMs, read: () => requestOf(readAgain) };
    }
  }
}

function requestOf(readAgain: LogEntry["readAgain"]): LoggedRequest {
  const content = readAgain();
  if ("reason" in content) throw new TypeError(`Read as a request before: ${content.reason}.`);
  return content;
}

/** Returns a number from 0 to below 1 that is always the same for a text. */
function shareOf(text: string): number {
  return hashNumber(hashText(text)) / 2 ** 53;
}
