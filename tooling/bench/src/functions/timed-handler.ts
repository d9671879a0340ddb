import { type ChildProcessByStdio, spawn } from "node:child_process";
import { once } from "node:events";
import { type Interface, createInterface } from "node:readline";
import type { Readable, Writable } from "node:stream";
import { fileURLToPath } from "node:url";
import type { Contestant } from "../frame/compare.ts";
import type { SampleEvents } from "./sample-events.ts";
import type { CallsToTime } from "./time-calls.ts";

const script = fileURLToPath(new URL("time-calls.ts", import.meta.url));
/** V8 does not compile the same program the same way each time: several processes even that out. */
const measurementsPerProcess = 10;

/** The calls of the handler that a folder's `index.cjs` exports, timed in a process of its own. */
export class TimedHandler implements Contestant {
  readonly name: string;
  readonly #asked: CallsToTime;
  #process: ChildProcessByStdio<Writable, Readable, null> | undefined;
  #answers: Interface | undefined;
  #left = 0;

  constructor(name: string, folder: string, events: SampleEvents) {
    this.name = name;
    this.#asked = { folder, events };
  }

  /** Returns how many nanoseconds a call takes, warm; the events are taken in turn. */
  readonly measure = async (): Promise<number> => {
    if (this.#left === 0) this.#start();
    this.#left -= 1;
    this.#process?.stdin.write("\n");
    const [answer] = await once(this.#answers as Interface, "line");
    if (this.#left === 0) this.stop();
    return Number(answer);
  };

  stop(): void {
    this.#process?.stdin.end();
    this.#process = undefined;
    this.#left = 0;
  }

  #start(): void {
    this.#process = spawn(process.execPath, [script], { stdio: ["pipe", "pipe", "inherit"] });
    this.#process.stdin.write(`${JSON.stringify(this.#asked)}\n`);
    this.#answers = createInterface({ input: this.#process.stdout });
    this.#left = measurementsPerProcess;
  }
}
