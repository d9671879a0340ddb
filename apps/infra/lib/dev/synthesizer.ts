import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import type { SynthReply, SynthRequest } from "./synth-process.ts";

/**
 * A process that has the CDK loaded and synthesizes again and again, each time from the sources as
 * they are: loading the CDK takes many times as long as a synth.
 */
export class Synthesizer {
  readonly #request: SynthRequest;
  #process: ChildProcess | undefined;

  constructor(request: SynthRequest) {
    this.#request = request;
  }

  /** Synthesizes, one call at a time; never rejects for a mistake in the sources. */
  async synthesize(): Promise<SynthReply> {
    const child = this.#living();
    const answer = new AbortController();
    const answered = once(child, "message", answer);
    const ended = once(child, "exit", answer);
    child.send(this.#request);
    const [reply] = await Promise.race([answered, ended]);
    // Whichever comes second is waited for no longer.
    void Promise.allSettled([answered, ended]);
    answer.abort();
    if (typeof reply === "object" && reply !== null) return reply as SynthReply;
    return {
      kind: "failed",
      message: `The synth ended before it was done (exit status ${reply}).`,
    };
  }

  /** Ends the process. */
  close(): void {
    this.#process?.kill();
  }

  #living(): ChildProcess {
    if (this.#process?.connected !== true) {
      const file = new URL("synth-process.ts", import.meta.url);
      this.#process = fork(file, { stdio: ["ignore", "inherit", "inherit", "ipc"] });
    }
    return this.#process;
  }
}
