import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { existsSync, renameSync, rmSync } from "node:fs";
import { extname } from "node:path";
import type { SynthReply, SynthRequest } from "./synth-process.ts";

/**
 * A process that has the CDK loaded and synthesizes again and again, each time from the sources as
 * they are: loading the CDK takes many times as long as a synth. What it writes lies beside the
 * assembly that is served until it is adopted.
 */
export class Synthesizer {
  readonly #request: SynthRequest;
  readonly #assemblyFolder: string;
  #process: ChildProcess | undefined;

  /** @param assemblyFolder absolute: where the assembly is that is served */
  constructor(configFile: string, assemblyFolder: string) {
    // In the same folder, so that relative paths in it stay true.
    this.#request = { configFile, assemblyFolder: `${assemblyFolder}.next` };
    this.#assemblyFolder = assemblyFolder;
  }

  /** Synthesizes, one call at a time; never rejects for a mistake in the sources. */
  async synthesize(): Promise<SynthReply> {
    const child = this.#living();
    const waiting = new AbortController();
    const replied = once(child, "message", waiting);
    const ended = once(child, "exit", waiting);
    child.send(this.#request);
    const [reply] = await Promise.race([replied, ended]);
    // Whichever comes second is waited for no longer.
    void Promise.allSettled([replied, ended]);
    waiting.abort();
    if (typeof reply === "object" && reply !== null) return reply as SynthReply;
    return {
      kind: "failed",
      message: `The synth ended before it was done (exit status ${reply}).`,
      modules: [],
    };
  }

  /** Puts what was synthesized last in the place of the assembly that is served. */
  adopt(): void {
    const old = `${this.#assemblyFolder}.old`;
    rmSync(old, { recursive: true, force: true });
    if (existsSync(this.#assemblyFolder)) renameSync(this.#assemblyFolder, old);
    renameSync(this.#request.assemblyFolder, this.#assemblyFolder);
    rmSync(old, { recursive: true, force: true });
  }

  /** Ends the process. */
  close(): void {
    this.#process?.kill();
  }

  #living(): ChildProcess {
    if (this.#process?.connected !== true) {
      const file = new URL(`./synth-process${extname(import.meta.url)}`, import.meta.url);
      this.#process = fork(file, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    }
    return this.#process;
  }
}
