import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { loadCore, pinned } from "../servers/pinned.ts";

/** What the load generator measured. */
export interface Load {
  readonly requestsPerSecond: number;
  /** All of them, also before anything counted. */
  readonly responses: number;
  /** Responses whose status was not 200. */
  readonly failed: number;
}

/** What is sent to a server. */
export interface LoadOptions {
  readonly port: number;
  /** `#` stands for the request's number. */
  readonly path: string;
  /** @default 2 */
  readonly seconds?: number;
  /** For how long nothing counts, before the seconds. @default 0 */
  readonly warmUpMs?: number;
  /** Sends so many instead of for so long. */
  readonly requests?: number;
}

const script = fileURLToPath(new URL("generate-load.ts", import.meta.url));

/**
 * Sends requests from a process that has the other core.
 *
 * @throws {Error} when a response is not 200: what fails must not count as fast
 */
export async function runLoad(options: LoadOptions): Promise<Load> {
  const options_ = Object.entries(options).map(([name, value]) => `--${name}=${value}`);
  const [command, args] = pinned(loadCore, process.execPath, [script, ...options_]);
  const { stdout } = await promisify(execFile)(command, args);
  const load = JSON.parse(stdout) as Load;
  if (load.failed > 0) {
    throw new Error(
      `${load.failed} of ${load.responses} responses to ${options.path} were not 200.`,
    );
  }
  return load;
}
