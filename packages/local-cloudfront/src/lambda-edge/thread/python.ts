import { spawnSync } from "node:child_process";

/** The Python of this machine. */
export interface Python {
  /** Absolute path of the program. */
  readonly path: string;
  /** As in `3.13`. */
  readonly version: string;
}

const found = new Map<string | undefined, Python | undefined>();
const question = "import sys; print(sys.executable); print('%d.%d' % sys.version_info[:2])";

/** Whether a runtime is Python 3. */
export function isPython(runtime: string): boolean {
  return runtime.startsWith("python3.");
}

/** Finds `python3`; undefined where there is none. */
export function findPython(): Python | undefined {
  const { PATH } = process.env;
  if (!found.has(PATH)) found.set(PATH, askPython());
  return found.get(PATH);
}

/** What stands on the PATH may be a script that starts the program. */
function askPython(): Python | undefined {
  const { status, stdout } = spawnSync("python3", ["-c", question], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "ignore"],
    timeout: 10_000,
  });
  const [path = "", version = ""] = status === 0 ? stdout.split("\n") : [];
  return path === "" ? undefined : { path, version };
}
