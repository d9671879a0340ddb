import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { setDefaultCACertificates } from "node:tls";
// As `NODE_OPTIONS` of the environment has a process do.
import "./resolve-account-endpoints.ts";
import { type Ended, isolatedEnv, type RunCommand } from "./run-program.ts";

/** Where a command is run. */
export interface RunHereOptions {
  /**
   * Runs it.
   *
   * @returns The exit status; `process.exitCode` is one too.
   */
  readonly command: (args: readonly string[]) => Promise<number>;
  /**
   * Absolute path of the working directory. It stays, for modules that are loaded meanwhile, as esbuild, remember it.
   */
  readonly folder: string;
}

/** What commands listen to until their process ends. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

let isRunning = false;

/**
 * Returns what runs a command in this process, as `programRunner` does in one of its own, and spends no time on loading
 * what is loaded already. What the command spawns writes on its output where it is given the file descriptors of
 * `process.stdout` and `process.stderr`. One command runs at a time.
 */
export function hereRunner({ command, folder }: RunHereOptions): RunCommand {
  return async (args, home, env = {}) => {
    if (isRunning) throw new Error("A command is running in this process already.");
    isRunning = true;
    using output = new Output();
    const restore = replaceProcess(folder, { ...isolatedEnv(home), ...env }, output);
    try {
      const exitStatus = (await command(args)) || Number(process.exitCode ?? 0);
      return { exitStatus, ...output.read() };
    } finally {
      restore();
      isRunning = false;
    }
  };
}

/** Makes this process that of a command, and returns what undoes it. */
function replaceProcess(
  folder: string,
  env: Readonly<Record<string, string | undefined>>,
  { stdout, stderr }: Output,
): () => void {
  const before = { env: process.env, exitCode: process.exitCode, folder: process.cwd() };
  const streams = { stdout: process.stdout, stderr: process.stderr };
  const listeners = signals.map((signal) => [signal, process.listeners(signal)] as const);
  const { TMPDIR } = process.env;
  process.env = { ...(TMPDIR !== undefined && { TMPDIR }), ...env };
  process.exitCode = undefined;
  process.chdir(folder);
  setStreams({ stdout, stderr });
  const { NODE_EXTRA_CA_CERTS: certificates } = env;
  // Node.js reads the variable when it starts.
  if (certificates !== undefined) setDefaultCACertificates([readFileSync(certificates, "utf8")]);
  return () => {
    for (const [signal, known] of listeners) {
      for (const listener of process.listeners(signal)) {
        if (!known.includes(listener)) process.off(signal, listener);
      }
    }
    setStreams(streams);
    process.chdir(before.folder);
    process.exitCode = before.exitCode;
    process.env = before.env;
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

  read(): Pick<Ended, "stdout" | "stderr"> {
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
