import { createHash } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { deserialize, serialize } from "node:v8";
import { systemClock, type Clock } from "../clock.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import type { ReplayTables } from "../replay/replay-tables.ts";

interface State {
  /** Of all that the counts depend on. */
  readonly fingerprint: string;
  readonly tables: ReplayTables;
}

const everyMs = 60_000;

/** A file that keeps what a replay has counted, so that it can be interrupted and gone on with. */
export class ReplayStateFile {
  readonly #path: string;
  readonly #clock: Clock;
  #fingerprint = "";
  #writtenAtMs: number;

  constructor(path: string, clock: Clock = systemClock()) {
    this.#path = path;
    this.#clock = clock;
    this.#writtenAtMs = clock.now();
  }

  /**
   * Reads what an earlier replay has counted; undefined where the file does not exist.
   *
   * @param counted all that the counts depend on: files, distributions, options, and who counts
   * @throws {LocalCloudFrontError} when the file is no state, or that of another replay
   */
  read(counted: readonly unknown[]): ReplayTables | undefined {
    this.#fingerprint = createHash("sha256").update(serialize(counted)).digest("hex");
    const state = this.#stored();
    if (state === undefined) return undefined;
    if (state.fingerprint !== this.#fingerprint) {
      throw this.#refusal(
        "it is of a replay of other logs, distributions or options. Name those, or delete it to begin anew",
      );
    }
    return state.tables;
  }

  /** Writes what was counted where that was long ago: a process may be ended without a word. */
  writeFromTimeToTime(tables: ReplayTables): void {
    if (this.#clock.now() - this.#writtenAtMs >= everyMs) this.write(tables);
  }

  /** Writes what was counted; the file is whole at any time. */
  write(tables: ReplayTables): void {
    this.#writtenAtMs = this.#clock.now();
    const state: State = { fingerprint: this.#fingerprint, tables };
    const temporary = `${this.#path}.tmp`;
    try {
      writeFileSync(temporary, serialize(state), { mode: 0o600 });
      renameSync(temporary, this.#path);
    } catch (cause) {
      throw this.#refusal("it cannot be written. Pass a file in a folder that exists", cause);
    }
  }

  #stored(): State | undefined {
    let bytes: Buffer;
    try {
      bytes = readFileSync(this.#path);
    } catch (cause) {
      if (cause instanceof Error && "code" in cause && cause.code === "ENOENT") return undefined;
      throw this.#refusal("it cannot be read. Pass another file", cause);
    }
    try {
      const state: unknown = deserialize(bytes);
      if (typeof state === "object" && state !== null && "fingerprint" in state) {
        return state as State;
      }
    } catch {
      // What is no value of V8 is no state either.
    }
    throw this.#refusal("it is no state of a replay. Pass another file");
  }

  #refusal(reason: string, cause?: unknown): LocalCloudFrontError {
    return new LocalCloudFrontError(
      `State ${JSON.stringify(this.#path)} cannot be used: ${reason}.`,
      { cause },
    );
  }
}
