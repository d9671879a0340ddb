import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";

/** How a command has ended. */
export interface EndedCommand {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What commands listen to until their process ends. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

let isRunning = false;

/**
 * Runs a command to its end in this process, in a folder, without the time that a process takes to start. What it
 * spawns writes on its output where it is given the file descriptors of `process.stdout` and `process.stderr`. One
 * command runs at a time.
 *
 * @param folder It stays, for modules that are loaded meanwhile, as esbuild, remember it.
 * @param run Returns the exit status; `process.exitCode` is one too.
 */
export async function runHere(
  folder: string,
  run: () => Promise<number>,
): Promise<EndedCommand & { readonly status: number }> {
  if (isRunning) throw new Error("A command is running in this process already.");
  isRunning = true;
  using output = new Output();
  const restore = replaceProcess(folder, output);
  try {
    const status = (await run()) || Number(process.exitCode ?? 0);
    return { status, ...output.read() };
  } finally {
    restore();
    isRunning = false;
  }
}

/** Makes this process that of a command, but for its environment, and returns what undoes it. */
function replaceProcess(folder: string, { stdout, stderr }: Output): () => void {
  const before = { exitCode: process.exitCode, folder: process.cwd(), zone: process.env["TZ"] };
  const streams = { stdout: process.stdout, stderr: process.stderr };
  const listeners = signals.map((signal) => [signal, process.listeners(signal)] as const);
  process.exitCode = undefined;
  process.chdir(folder);
  setStreams({ stdout, stderr });
  return () => {
    for (const [signal, known] of listeners) {
      for (const listener of process.listeners(signal)) {
        if (!known.includes(listener)) process.off(signal, listener);
      }
    }
    setStreams(streams);
    process.chdir(before.folder);
    process.exitCode = before.exitCode;
    if (before.zone === undefined) delete process.env["TZ"];
    else process.env["TZ"] = before.zone;
  };
}

function setStreams({ stdout, stderr }: Readonly<Record<"stdout" | "stderr", Writable>>): void {
  Object.defineProperty(process, "stdout", { configurable: true, get: () => stdout });
  Object.defineProperty(process, "stderr", { configurable: true, get: () => stderr });
}

/** The output of a command, in files. */
class Output implements Disposable {
  readonly #folder = mkdtempSync(join(tmpdir(), "output-"));
  readonly stdout = new FileStream(join(this.#folder, "stdout"));
  readonly stderr = new FileStream(join(this.#folder, "stderr"));

  read(): Pick<EndedCommand, "stdout" | "stderr"> {
    return { stdout: this.stdout.read(), stderr: this.stderr.read() };
  }

  [Symbol.dispose](): void {
    closeSync(this.stdout.fd);
    closeSync(this.stderr.fd);
    rmSync(this.#folder, { recursive: true });
  }
}

/** Writes at once, as a process does on a file, at the end of what others have written. */
class FileStream extends Writable {
  readonly fd: number;
  readonly #path: string;

  constructor(path: string) {
    super({
      write: (chunk: Buffer, _encoding, done) => {
        writeSync(this.fd, chunk);
        done();
      },
    });
    this.#path = path;
    this.fd = openSync(path, "a");
  }

  read(): string {
    return readFileSync(this.#path, "utf8");
  }
}
