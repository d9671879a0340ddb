import { constants } from "node:fs";
import { copyFile, link, mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, extname, join, relative } from "node:path";

/** Milliseconds without a change after which a build is over. */
const quietMs = 2000;

/** A folder with more files is none that a bundler writes: to keep it would take long. */
const maxFiles = 20_000;

/** The last good build of a folder. */
interface LastBuild {
  /** Has its files, as links to what they were. */
  readonly copy: string;
  /** Relative to the folder. */
  readonly files: ReadonlySet<string>;
}

/**
 * Keeps the last good build of folders, so that there is no 404 while a bundler empties its folder and
 * writes it anew. A file is kept as a link: a bundler that removes it leaves its content there.
 */
export class LastBuilds {
  readonly #builds = new Map<string, LastBuild>();
  /** Made when the first folder is kept. */
  #root: Promise<string> | undefined;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #onOver: () => void = () => {};

  /**
   * Keeps these folders from now on.
   *
   * @param onOver called when a build is over that has removed files
   */
  async keep(folders: readonly string[], onOver: () => void): Promise<void> {
    this.#onOver = onOver;
    for (const folder of folders) {
      if (!this.#builds.has(folder)) await this.#keepFolder(folder);
    }
  }

  /** The folder that has the last good build of a folder; undefined where none is kept. */
  copyOf(folder: string): string | undefined {
    return this.#builds.get(folder)?.copy;
  }

  /** Something in the folders has changed: a build may be under way. */
  changed(): void {
    if (this.#builds.size === 0) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#working = this.#working.then(() => this.#renew());
    }, quietMs).unref();
  }

  async close(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#working;
    const root = await this.#root;
    if (root !== undefined) await rm(root, { recursive: true, force: true });
  }

  async #renew(): Promise<void> {
    let isFileGone = false;
    for (const [folder, before] of this.#builds) {
      const files = await filesIn(folder);
      if (isBuilding(files, before.files)) continue;
      await this.#keepFolder(folder, files);
      isFileGone ||= [...before.files].some((file) => !files.has(file));
      await rm(before.copy, { recursive: true, force: true });
    }
    if (isFileGone) this.#onOver();
  }

  async #keepFolder(folder: string, known?: ReadonlySet<string>): Promise<void> {
    const files = known ?? (await filesIn(folder));
    if (files.size > maxFiles) {
      this.#builds.delete(folder);
      return;
    }
    this.#root ??= mkdtemp(join(tmpdir(), "local-cloudfront-last-build-"));
    const copy = await mkdtemp(join(await this.#root, "build-"));
    for (const file of files) await keepFile(join(folder, file), join(copy, file));
    this.#builds.set(folder, { copy, files });
  }
}

/** A folder without a file, or without any page where it had one, is emptied: its build is not over. */
function isBuilding(files: ReadonlySet<string>, before: ReadonlySet<string>): boolean {
  if (files.size === 0) return true;
  return hasPage(before) && !hasPage(files);
}

function hasPage(files: ReadonlySet<string>): boolean {
  return [...files].some((file) => extname(file) === ".html");
}

async function filesIn(folder: string): Promise<ReadonlySet<string>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = entries.filter((entry) => entry.isFile());
  return new Set(files.map(({ parentPath, name }) => relative(folder, join(parentPath, name))));
}

/** What cannot be linked, as to another file system, is copied; what is gone meanwhile is left out. */
async function keepFile(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await link(from, to)
    .catch(() => copyFile(from, to, constants.COPYFILE_FICLONE))
    .catch(() => undefined);
}
