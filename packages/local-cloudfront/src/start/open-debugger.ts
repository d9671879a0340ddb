import * as inspector from "node:inspector";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { resumeThreads } from "./resume-threads.ts";

/** Where Node.js's debugger listens. */
export interface DebuggerAddress {
  /**
   * Whoever reaches it can run any code as you.
   * @default "127.0.0.1"
   */
  readonly host?: string;
  /**
   * 0 takes a free one.
   * @default 9229
   */
  readonly port?: number;
}

/** Node.js's debugger while it is open: it is one for the whole process. */
export interface OpenDebugger {
  /** As in `ws://127.0.0.1:9229/…`. */
  readonly url: string;
  /** Lets what is paused go on; a debugger that was open before stays. */
  close(): void;
}

/**
 * Opens Node.js's debugger for this process and its worker threads, in which the functions run.
 *
 * @throws {LocalCloudFrontError} when it cannot listen there
 */
export function openDebugger({ host = "127.0.0.1", port = 9229 }: DebuggerAddress): OpenDebugger {
  const openBefore = inspector.url();
  if (openBefore !== undefined) return { url: openBefore, close: resumeThreads };
  inspector.open(port, host);
  const url = inspector.url();
  if (url !== undefined) return { url, close };
  throw new LocalCloudFrontError(
    `Debugger cannot listen: got --inspect=${host}:${port}. Pass another address, as in --inspect=9230; port 0 takes a free one.`,
  );
}

function close(): void {
  inspector.close();
  resumeThreads();
}
