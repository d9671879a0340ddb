import { createWriteStream, fstatSync, openSync } from "node:fs";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import type { LoggedExchange } from "./access-log-fields.ts";
import { accessLogHeader, accessLogLine } from "./access-log-line.ts";

/** A file of standard access log lines. */
export interface AccessLog {
  write(exchange: LoggedExchange): void;
  /** Resolves when all lines are in the file. */
  close(): Promise<void>;
}

/**
 * Opens an access log in CloudFront's standard format; to a file that has lines already, more are
 * added. Nothing is buffered for longer than it takes to write, unlike CloudFront's logs, which come
 * late (CF-K-12).
 *
 * @param onError called when the file cannot be written to any more
 * @throws {LocalCloudFrontError} when the file cannot be opened
 */
export function openAccessLog(path: string, onError: (error: Error) => void): AccessLog {
  const fd = openForAppending(path);
  const stream = createWriteStream("", { fd });
  stream.on("error", onError);
  const writeLine = (line: string): void => {
    stream.write(`${line}\n`);
  };
  if (fstatSync(fd).size === 0) {
    for (const line of accessLogHeader) writeLine(line);
  }
  return {
    write(exchange) {
      const line = accessLogLine(exchange);
      if (line !== undefined) writeLine(line);
    },
    close: () => {
      const closed = new Promise<void>((resolve) => {
        stream.once("close", resolve);
      });
      stream.end();
      return stream.closed ? Promise.resolve() : closed;
    },
  };
}

function openForAppending(path: string): number {
  try {
    return openSync(path, "a");
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : String(error);
    throw new LocalCloudFrontError(
      `Access log cannot be opened: got --access-log ${JSON.stringify(path)} (${code}). Pass a file in a folder that exists and may be written to.`,
      { cause: error },
    );
  }
}
