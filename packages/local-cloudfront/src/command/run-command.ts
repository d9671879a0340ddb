import { readFileSync } from "node:fs";
import { boundHeap } from "./bound-heap.ts";
import { isFunctionStep } from "../edge-location/request-record.ts";
import { createJsonLog } from "../log/json-log.ts";
import { createPrettyLog } from "../log/pretty-log.ts";
import type { CommandLog } from "../log/command-log.ts";
import { LocalCloudFront } from "../local-cloudfront.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import type { LocalCloudFrontOptions } from "../local-cloudfront-options.ts";
import type { DebuggerAddress } from "../start/open-debugger.ts";
import { type CommandHooks, hooksFor } from "../start/command-hooks.ts";
import { viewerPorts } from "../start/usual-ports.ts";
import { libraryOptions, type DistributionOptions } from "./distribution-options.ts";
import { leaveProcess } from "./leave-process.ts";
import { ServedChanges } from "./served-changes.ts";
import { offerKeys } from "./terminal-keys.ts";

/** The command line's options. */
export interface CommandOptions extends DistributionOptions {
  readonly assembly: string;
  readonly port?: number;
  readonly host: string;
  readonly https: boolean;
  readonly viewerProtocol: "http" | "https";
  readonly kvsDelay?: number;
  /** A file with a private key. */
  readonly sign?: string;
  readonly region: string;
  readonly credentials: boolean;
  readonly accessLog?: string;
  readonly watch: boolean;
  readonly policyReports: boolean;
  readonly liveReload: boolean;
  readonly overlay: boolean;
  readonly open: boolean;
  readonly inspector: boolean;
  readonly inspectorPort?: number;
  readonly inspect?: DebuggerAddress;
  readonly isolation: "thread" | "process";
  readonly strict: boolean;
  readonly log: "pretty" | "json";
}

/** The command while it serves, for the program that runs it. */
export interface Serving {
  /** Reads the assembly again, as `--watch` does by itself, and reports what has changed. */
  reload(): Promise<void>;
  /**
   * Drops what is cached of the origins, and reports it.
   *
   * @param files what has changed in their folders
   */
  refresh(files: readonly string[]): Promise<void>;
}

/** Only a thread that is stuck in native code takes longer to end. */
const closeWithinMs = 3000;

/**
 * Serves until SIGINT or SIGTERM, or until a key in the terminal ends it, and returns the exit
 * status: 0, or 1 with `--strict` when a function failed.
 *
 * @throws {LocalCloudFrontError} when it cannot start
 */
export async function runCommand(
  options: CommandOptions,
  onServing?: (serving: Serving) => void,
): Promise<number> {
  const log = commandLog(options);
  const { watch, strict, sign } = options;
  const { promise: ended, resolve: end } = Promise.withResolvers<void>();
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => end());
  const servesChanges = watch || onServing !== undefined;
  const cloudfront = await LocalCloudFront.start(startOptions(options, servesChanges));
  boundHeap(100);
  const hooks = hooksFor(cloudfront);
  const seen = logTo(log, hooks);
  const giveTerminalBack = offerKeys(process.stdin, {
    invalidate: () => void invalidateAll(cloudfront, log),
    open: () => void openInBrowser(cloudfront.url),
    clear: () => clear(cloudfront, log),
    quit: end,
  });
  const changes = new ServedChanges(cloudfront, log);
  if (servesChanges) await hooks.keepLastBuilds();
  const unwatch = watch ? await watchChanges(cloudfront, changes) : undefined;
  const signedUrl = sign === undefined ? undefined : await signedWithFile(cloudfront, sign);
  log.ready(cloudfront, options.assembly, giveTerminalBack !== undefined);
  if (signedUrl !== undefined) log.signed(signedUrl);
  if (options.port === undefined) noticeOtherPort(cloudfront, log);
  onServing?.(changes);
  if (options.open) void openInBrowser(cloudfront.url);
  await ended;
  giveTerminalBack?.();
  const status = strict && seen.hasFailure ? 1 : 0;
  const lateTimer = setTimeout(() => leaveProcess(status), closeWithinMs);
  await unwatch?.();
  changes.close();
  await cloudfront.close();
  clearTimeout(lateTimer);
  return status;
}

function commandLog({ log }: CommandOptions): CommandLog {
  const writeLine = (line: string): void => void process.stdout.write(`${line}\n`);
  return log === "json" ? createJsonLog(writeLine) : createPrettyLog(writeLine, showsColours());
}

/** Returns whether a function has failed by then. */
function logTo(log: CommandLog, hooks: CommandHooks): { readonly hasFailure: boolean } {
  const seen = { hasFailure: false };
  hooks.records.add((record) => {
    seen.hasFailure ||= record.steps.some(
      (step) => isFunctionStep(step) && step.failure !== undefined,
    );
    log.request(record);
  });
  hooks.violations.add((violation) => log.violation(violation));
  hooks.notices.add((notice) => log.notice(notice));
  return seen;
}

function noticeOtherPort({ url }: LocalCloudFront, log: CommandLog): void {
  const { port } = new URL(url);
  const [usualPort] = viewerPorts;
  if (port === String(usualPort)) return;
  log.notice(`Port ${usualPort} is in use: took ${port}, the next free one.`);
}

async function signedWithFile(cloudfront: LocalCloudFront, file: string): Promise<string> {
  try {
    return cloudfront.signedUrl("/*", readPrivateKey(file));
  } catch (error) {
    await cloudfront.close();
    throw error;
  }
}

function readPrivateKey(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (cause) {
    throw new LocalCloudFrontError(
      `Private key cannot be read: got ${JSON.stringify(file)}. Pass a file that exists.`,
      { cause },
    );
  }
}

/** The options by the names that they have in the library. */
function startOptions(options: CommandOptions, servesChanges: boolean): LocalCloudFrontOptions {
  const { assembly, port, host, https, viewerProtocol, region, credentials } = options;
  const { accessLog, policyReports, isolation, kvsDelay, overlay, liveReload } = options;
  const { inspect: debuggerAddress, inspector, inspectorPort } = options;
  return {
    ...libraryOptions(options),
    assembly,
    host,
    https,
    viewerProtocol,
    region,
    credentials,
    policyReports,
    isolation,
    errorOverlay: overlay,
    liveReload: servesChanges && liveReload,
    inspector: inspector && (inspectorPort === undefined || { port: inspectorPort }),
    ...(port !== undefined && { port }),
    ...(accessLog !== undefined && { accessLog }),
    ...(debuggerAddress && { debugger: debuggerAddress }),
    ...(kvsDelay !== undefined && { keyValueStoreDelaySeconds: kvsDelay }),
  };
}

/** Opens a page in the browser of whoever sits at this machine; says on stderr where that cannot be done. */
async function openInBrowser(url: string): Promise<void> {
  const { default: open } = await import("open");
  try {
    await open(url);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    process.stderr.write(`Browser cannot be opened: ${reason}. Open ${url} in one yourself.\n`);
  }
}

/** The screen, what was scrolled out of it, and the cursor to its beginning. */
const clearedScreen = "\u001b[2J\u001b[3J\u001b[H";

function clear(cloudfront: LocalCloudFront, log: CommandLog): void {
  cloudfront.clearTraces();
  if (process.stdout.isTTY) process.stdout.write(clearedScreen);
  log.cleared(cloudfront);
}

async function invalidateAll(cloudfront: LocalCloudFront, log: CommandLog): Promise<void> {
  const paths = ["/*"];
  log.invalidated(paths, await cloudfront.invalidate(paths));
}

async function watchChanges(
  cloudfront: LocalCloudFront,
  changes: ServedChanges,
): Promise<() => Promise<void>> {
  const { watchAssembly } = await import("./watch-assembly.ts");
  return watchAssembly(() => cloudfront.watchedPaths, {
    onAssembly: () => changes.reload(),
    onOrigins: (files) => void changes.refresh(files),
  });
}

/** https://no-color.org: any value but the empty one switches colours off. */
function showsColours(): boolean {
  return process.stdout.isTTY === true && (process.env["NO_COLOR"] ?? "") === "";
}
