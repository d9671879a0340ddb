import { receiveMessageOnPort, type MessagePort } from "node:worker_threads";
import { RingReader, type RingMessage } from "./message-ring.ts";
import {
  messageKinds,
  type FunctionError,
  type PortMessage,
  type WorkerMessage,
} from "./worker-messages.ts";

/** Reads what a worker thread tells. */
export class MessageInbox {
  readonly #port: MessagePort;
  readonly #ring: RingReader;
  /** Texts that were too long for the ring, the oldest first. */
  readonly #texts: string[] = [];

  /** @param onCall called when there may be something to read */
  constructor(port: MessagePort, ring: SharedArrayBuffer, onCall: () => void) {
    this.#port = port;
    this.#ring = new RingReader(ring);
    port.on("message", (message: PortMessage) => {
      if (message !== undefined) this.#texts.push(message);
      onCall();
    });
  }

  /** Takes the oldest message; undefined where there is none. Works also while the thread is busy. */
  read(): WorkerMessage | undefined {
    const message = this.#ring.read();
    return message === undefined ? undefined : this.#decode(message);
  }

  #decode(message: RingMessage): WorkerMessage {
    const { text = this.#nextText(), durationMs, memoryMb, flag: hasLeftovers } = message;
    const name = messageKinds[message.kind] ?? "crash";
    switch (name) {
      case "ready":
        return { kind: name };
      case "log":
        return { kind: name, entry: text };
      case "result":
        return { kind: name, result: text, durationMs, memoryMb, hasLeftovers };
      case "error":
        return { kind: name, error: errorOf(text), durationMs, memoryMb, hasLeftovers };
      case "init-error":
      case "crash":
        return { kind: name, error: errorOf(text) };
    }
  }

  /** A long text was sent before its message was written: it has come, though perhaps not been told. */
  #nextText(): string {
    for (;;) {
      const text = this.#texts.shift();
      if (text !== undefined) return text;
      const received = receiveMessageOnPort(this.#port);
      if (received === undefined) throw new Error("A message of a worker thread has no text.");
      const message = received.message as PortMessage;
      if (message !== undefined) this.#texts.push(message);
    }
  }
}

function errorOf(json: string): FunctionError {
  return JSON.parse(json) as FunctionError;
}
