import { mkdtemp, readdir, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { FunctionCode } from "../../distribution/edge-functions.ts";
import { stageFunctionCode } from "./stage-function-code.ts";

/** Keeps the staged code of functions in one temporary folder, which goes with it. */
export class FunctionCodeStore {
  #root: Promise<string> | undefined;
  readonly #staged = new Map<string, Promise<string>>();
  #count = 0;

  /**
   * Returns the folder with a function's code, staged once; what failed is tried again next time.
   *
   * @throws {LocalCloudFrontError} when the code is missing or cannot be read
   */
  taskRootOf(key: string, code: FunctionCode): Promise<string> {
    const staged = this.#staged.get(key) ?? this.#stage(key, code);
    this.#staged.set(key, staged);
    return staged;
  }

  /** Removes the folder with a function's code. */
  async remove(key: string): Promise<void> {
    const staged = this.#staged.get(key);
    this.#staged.delete(key);
    const taskRoot = await staged?.catch(() => undefined);
    if (taskRoot !== undefined) await removeFolder(dirname(taskRoot));
  }

  /** Removes the temporary folder. */
  async close(): Promise<void> {
    this.#staged.clear();
    const root = this.#root;
    this.#root = undefined;
    if (root !== undefined) {
      await removeFolder(await root);
    }
  }

  async #stage(key: string, code: FunctionCode): Promise<string> {
    try {
      this.#root ??= createFolder();
      // Taken before the first wait: functions that start together must not share a folder.
      const number = (this.#count += 1);
      const folder = join(await this.#root, String(number), "task");
      await stageFunctionCode(code, folder);
      return folder;
    } catch (error) {
      this.#staged.delete(key);
      throw error;
    }
  }
}

const folderPrefix = "local-cloudfront-";

/** The name has the id of this process, so that another can tell when nobody needs the folder any more. */
async function createFolder(): Promise<string> {
  await removeLeftFolders();
  const folder = await mkdtemp(join(tmpdir(), `${folderPrefix}${process.pid}-`));
  return realpath(folder);
}

/** A process that was killed could not remove its own. */
async function removeLeftFolders(): Promise<void> {
  const names = await readdir(tmpdir()).catch(() => []);
  const left = names.filter((name) => {
    const [, pid] = /^local-cloudfront-(\d+)-/.exec(name) ?? [];
    return pid !== undefined && !isRunning(Number(pid));
  });
  await Promise.all(left.map((name) => removeFolder(join(tmpdir(), name)).catch(() => undefined)));
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // Somebody else's process is one, too.
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

function removeFolder(folder: string): Promise<void> {
  return rm(folder, { recursive: true, force: true, maxRetries: 3 });
}
