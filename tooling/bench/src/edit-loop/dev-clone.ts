import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { EventEmitter, once } from "node:events";
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { createInterface } from "node:readline";
import { setTimeout as wait } from "node:timers/promises";

const root = resolve(import.meta.dirname, "../../../..");
/** A build of everything comes before. */
const servesWithinMs = 120_000;
/** How many of the last lines of its output tell what went wrong. */
const lastLines = 20;

/** `pnpm dev` in a clone of the workspace, whose files may be changed. */
export interface DevClone {
  /** Where viewers reach it. */
  readonly url: string;
  read(path: string): string;
  /** @param path relative to the clone, as is that of `read` */
  write(path: string, text: string): void;
  /** How many lines `pnpm dev` has printed, save those of requests. */
  toldLines(): number;
  /** Resolves when it has printed more of them, or else after some time. */
  toldMore(than: number, withinMs: number): Promise<void>;
  /** The last of what `pnpm dev` has printed. */
  lastOutput(): string;
  close(): Promise<void>;
}

/**
 * Clones what is committed, installs it, and starts the edit loop. However this process ends, the clone and
 * what runs in it go with it.
 *
 * @throws {Error} when it does not serve within two minutes
 */
export async function startDevClone(): Promise<DevClone> {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "edit-loop-")));
  let child: ChildProcess | undefined;
  const remove = (): void => {
    if (child !== undefined) endGroup(child, "SIGKILL");
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  const leave = (): void => process.exit(1);
  process.once("exit", remove);
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, leave);
  const close = async (): Promise<void> => {
    if (child !== undefined) await ended(child);
    remove();
    process.off("exit", remove);
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.off(signal, leave);
  };
  try {
    execFileSync("git", ["clone", "--quiet", "--depth", "1", `file://${root}`, folder]);
    execFileSync("pnpm", ["install", "--prefer-offline", "--frozen-lockfile"], { cwd: folder });
    const lines: string[] = [];
    const news = new EventEmitter();
    const onLine = (line: string): void => {
      lines.push(line);
      news.emit("line");
    };
    const lastOutput = (): string => lines.slice(-lastLines).join("\n");
    child = startDev(folder);
    const url = await servedUrl(child, onLine).catch((cause: unknown) => {
      throw new Error(`pnpm dev does not serve. It printed:\n${lastOutput()}`, { cause });
    });
    return {
      url,
      read: (path) => readFileSync(join(folder, path), "utf8"),
      write: (path, text) => writeFileSync(join(folder, path), text),
      toldLines: () => lines.length,
      toldMore: async (than, withinMs) => {
        if (lines.length > than) return;
        await once(news, "line", { signal: AbortSignal.timeout(withinMs) }).catch(() => undefined);
      },
      lastOutput,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

function startDev(folder: string): ChildProcess {
  return spawn("pnpm", ["--silent", "dev", "--port", "0", "--no-inspector", "--log", "json"], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
    // Ctrl+C in a terminal ends what it has started as well.
    detached: true,
  });
}

/** @param onLine takes what is printed, save the lines of requests */
async function servedUrl(child: ChildProcess, onLine: (line: string) => void): Promise<string> {
  const { promise: served, resolve: serves, reject } = Promise.withResolvers<string>();
  child.once("exit", (status) => reject(new Error(`It ended with exit status ${status}.`)));
  const timer = setTimeout(
    () => reject(new Error(`It took longer than ${servesWithinMs} ms.`)),
    servesWithinMs,
  );
  for (const input of [child.stdout, child.stderr]) {
    if (input === null) continue;
    createInterface({ input }).on("line", (line) => {
      if (line.startsWith('{"event":"request"')) return;
      onLine(line);
      if (!line.startsWith('{"event":"ready"')) return;
      serves((JSON.parse(line) as { readonly url: string }).url);
    });
  }
  return served.finally(() => clearTimeout(timer));
}

/** Asks it to end, and waits for that, though not for long. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = new Promise<void>((ends) => child.once("exit", () => ends()));
  endGroup(child, "SIGINT");
  const isLate = new AbortController();
  await Promise.race([exited, wait(5000, undefined, { signal: isLate.signal })]);
  isLate.abort();
}

function endGroup({ pid }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // All of it has ended.
  }
}
