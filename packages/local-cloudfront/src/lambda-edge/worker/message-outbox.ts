import type { MessagePort } from "node:worker_threads";
import { MAX_RING_TEXT_CHARACTERS, RingWriter } from "../message-ring.ts";
import { messageKinds, type PortMessage, type WorkerMessage } from "../worker-messages.ts";

// Taken before the function runs, which may replace it for itself.
const { stringify } = JSON;

/** Tells the other side what happens in this thread. */
export class MessageOutbox {
  readonly #ring: RingWriter;
  readonly #post: (message: PortMessage) => void;

  constructor(port: MessagePort, ring: SharedArrayBuffer) {
    this.#post = port.postMessage.bind(port);
    this.#ring = new RingWriter(ring, () => this.call());
  }

  /** Puts a message where the other side can read it; it is not called to do so. */
  put(message: WorkerMessage): void {
    const kind = messageKinds.indexOf(message.kind);
    const text = textOf(message);
    const isLong = text.length > MAX_RING_TEXT_CHARACTERS;
    if (isLong) this.#post(text);
    const measured = "durationMs" in message ? message : undefined;
    this.#ring.write(
      {
        kind,
        flag: measured?.hasLeftovers ?? false,
        durationMs: measured?.durationMs ?? 0,
        memoryMb: measured?.memoryMb ?? 0,
      },
      isLong ? undefined : text,
    );
  }

  /** Calls the other side to read. */
  call(): void {
    this.#post(undefined);
  }
}

function textOf(message: WorkerMessage): string {
  switch (message.kind) {
    case "ready":
      return "";
    case "log":
      return message.entry;
    case "result":
      return message.result;
    case "init-error":
    case "error":
    case "crash":
      return stringify(message.error);
  }
}
