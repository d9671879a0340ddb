import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const root = resolve(import.meta.dirname, "../../..");
const author = ["-c", "user.name=test", "-c", "user.email=test@localhost"];

/** This workspace as somebody has it who has just cloned and installed it. */
export interface WorkspaceClone {
  readonly folder: string;
  /** Runs a command and returns what it printed; it throws with all of it on failure. */
  run(command: string, ...args: readonly string[]): string;
  /** The same with more in the environment. */
  runWith(
    env: Readonly<Record<string, string>>,
    command: string,
    ...args: readonly string[]
  ): string;
  /** Runs `pnpm turbo run` for some tasks. */
  turbo(...args: readonly string[]): string;
  read(path: string): string;
  commit(message: string): void;
  remove(): void;
}

/** Copies what git has, or would take, into a new folder, commits it on main and installs. */
export function cloneWorkspace(): WorkspaceClone {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), "clone-")));
  const listed = execFileSync("git", ["ls-files", "-co", "--exclude-standard", "-z"], {
    cwd: root,
    encoding: "utf8",
  });
  for (const path of listed.split("\0")) {
    if (path !== "" && existsSync(join(root, path))) cpSync(join(root, path), join(folder, path));
  }
  const clone = cloneIn(folder);
  clone.run("git", "init", "--quiet", "--initial-branch=main");
  clone.commit("Start");
  clone.run("pnpm", "install", "--prefer-offline", "--frozen-lockfile");
  return clone;
}

function cloneIn(folder: string): WorkspaceClone {
  const runWith = (
    env: Readonly<Record<string, string>>,
    command: string,
    ...args: readonly string[]
  ): string => {
    try {
      return execFileSync(command, args, {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
        env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1", TURBO_HASH: undefined, ...env },
      });
    } catch (error) {
      const { stdout = "", stderr = "" } = error as { stdout?: string; stderr?: string };
      throw new Error(`${[command, ...args].join(" ")} failed.\n${stdout}${stderr}`);
    }
  };
  const run = (command: string, ...args: readonly string[]): string =>
    runWith({}, command, ...args);
  return {
    folder,
    run,
    runWith,
    turbo: (...args) =>
      run("pnpm", "exec", "turbo", "run", ...args, "--output-logs=errors-only", "--ui=stream"),
    read: (path) => readFileSync(join(folder, path), "utf8"),
    commit(message) {
      run("git", "add", "--all");
      run("git", ...author, "commit", "--quiet", "--message", message);
    },
    remove: () => rmSync(folder, { recursive: true }),
  };
}
