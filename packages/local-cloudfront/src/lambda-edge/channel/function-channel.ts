import { receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import { RingReader, ringMemory } from "./message-ring.ts";
import {
  decodeThreadMessage,
  type InvocationBatch,
  type ThreadMessage,
  type ThreadSetup,
} from "./thread-messages.ts";

/** What the owner of a channel does with what comes. */
export interface ChannelOptions {
  readonly onMessage: (message: ThreadMessage) => void;
  /** Called for what no thread sends whose function has left it alone. */
  readonly onMalformedMessage: () => void;
}

interface SentInvocation<Response> {
  readonly number: number;
  readonly requestId: string;
  readonly event: string;
  /** Gets undefined where it was not begun and will not be. */
  readonly onEnd: (response: Response | undefined) => void;
}

/**
 * The main thread's end of the way to a function's thread and back; README.md has the protocol.
 * Invocations that come together go in one message: each message costs more than most functions do.
 */
export class FunctionChannel<Response> {
  readonly #port: MessagePort;
  readonly #options: ChannelOptions;
  readonly #claims = new Int32Array(new SharedArrayBuffer(4));
  /** Sent and not ended; the first one runs, or is the next to run. */
  #sent: SentInvocation<Response>[] = [];
  #nextNumber = 0;
  /** The number of the first one that has not left this thread yet; undefined where all have. */
  #firstUnsent: number | undefined;
  readonly #ringMemory = ringMemory();
  readonly #ring = new RingReader(this.#ringMemory);
  /** What came over the port because it was too long for the ring, the oldest first. */
  readonly #longTexts: unknown[] = [];
  #isMalformed = false;

  constructor(port: MessagePort, options: ChannelOptions) {
    this.#port = port;
    this.#options = options;
    port.on("message", (longText: unknown) => {
      if (longText !== undefined) this.#longTexts.push(longText);
      this.receive();
    });
    // Listening has taken it back into account.
    port.unref();
  }

  /** How many invocations were sent and have not ended. */
  get count(): number {
    return this.#sent.length;
  }

  /** Whether the thread has begun the invocation that was sent first. */
  get isFirstBegun(): boolean {
    const [first] = this.#sent;
    return first !== undefined && Atomics.load(this.#claims, 0) > first.number;
  }

  /** Says which function the thread runs. */
  open(setup: Omit<ThreadSetup, "claims" | "ring">): void {
    const shared = { claims: this.#claims, ring: this.#ringMemory };
    this.#port.postMessage({ ...setup, ...shared } satisfies ThreadSetup);
  }

  /** Sends an invocation, which runs after those that were sent before. */
  send(invocation: Omit<SentInvocation<Response>, "number">): void {
    if (this.#firstUnsent === undefined) {
      this.#firstUnsent = this.#nextNumber;
      setImmediate(() => this.#flush());
    }
    this.#sent.push({ ...invocation, number: this.#nextNumber });
    this.#nextNumber += 1;
  }

  /** Receives what has come, also where this thread was not called for it yet. */
  receive(): void {
    for (let message = this.#next(); message !== undefined; message = this.#next()) {
      if (message !== "malformed") {
        this.#options.onMessage(message);
      } else {
        // Nobody knows where the next one begins.
        this.#isMalformed = true;
        this.#options.onMalformedMessage();
      }
    }
  }

  /** Ends the invocation that was sent first; does nothing where there is none. */
  endFirst(response: Response): void {
    this.#sent.shift()?.onEnd(response);
  }

  /** Takes back the invocations that the thread has not begun: it will not begin them any more. */
  reclaimUnstarted(): void {
    const firstUnstarted = Atomics.exchange(this.#claims, 0, this.#nextNumber);
    this.#firstUnsent = undefined;
    const sent = this.#sent;
    this.#sent = sent.filter(({ number }) => number < firstUnstarted);
    for (const { number, onEnd } of sent) {
      if (number >= firstUnstarted) onEnd(undefined);
    }
  }

  close(): void {
    this.#port.close();
  }

  #next(): ThreadMessage | "malformed" | undefined {
    if (this.#isMalformed) return undefined;
    try {
      const read = this.#ring.read();
      if (read === "none") return undefined;
      const text = read === "elsewhere" ? this.#takeLongText() : read.text;
      return decodeThreadMessage(text) ?? "malformed";
    } catch {
      return "malformed";
    }
  }

  /** A long text was sent before it was said so in the ring: it has come, perhaps unnoticed. */
  #takeLongText(): string {
    while (this.#longTexts.length === 0) {
      const received = receiveMessageOnPort(this.#port);
      if (received?.message !== undefined) this.#longTexts.push(received.message);
      if (received === undefined) break;
    }
    const text = this.#longTexts.shift();
    if (typeof text !== "string") throw new TypeError("The text of a message has not come.");
    return text;
  }

  #flush(): void {
    const first = this.#firstUnsent;
    if (first === undefined) return;
    this.#firstUnsent = undefined;
    const invocations = this.#sent
      .filter(({ number }) => number >= first)
      .map(({ requestId, event }) => ({ requestId, event }));
    this.#port.postMessage({ first, invocations } satisfies InvocationBatch);
  }
}
