import type { CommandLog } from "../log/command-log.ts";
import type { LocalCloudFront } from "../local-cloudfront.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { hooksFor } from "../start/command-hooks.ts";

/** Milliseconds without a change after which a save is over: a bundler empties its folder and writes it anew. */
const quietMs = 120;

/** Serves what changes, and reports each save in one line. */
export class ServedChanges {
  readonly #cloudfront: LocalCloudFront;
  readonly #log: CommandLog;
  readonly #files = new Set<string>();
  #objects = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(cloudfront: LocalCloudFront, log: CommandLog) {
    this.#cloudfront = cloudfront;
    this.#log = log;
  }

  /** Reads the assembly again. */
  async reload(): Promise<void> {
    try {
      this.#log.reloaded(await this.#cloudfront.reload());
    } catch (error) {
      if (!(error instanceof LocalCloudFrontError)) throw error;
      this.#log.reloadFailed(error.message);
    }
  }

  /**
   * Drops what is cached of the origins at once: they are read for each request, only the cache is old.
   *
   * @param files what has changed in their folders
   */
  async refresh(files: readonly string[]): Promise<void> {
    hooksFor(this.#cloudfront).originsChanged();
    this.#objects += await this.#cloudfront.invalidate(["/*"]);
    for (const file of files) this.#files.add(file);
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#notify(), quietMs);
  }

  close(): void {
    clearTimeout(this.#timer);
  }

  #notify(): void {
    this.#log.originsChanged([...this.#files].toSorted(), this.#objects);
    hooksFor(this.#cloudfront).reloadBrowsers();
    this.#files.clear();
    this.#objects = 0;
  }
}
