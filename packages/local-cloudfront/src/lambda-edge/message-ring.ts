/**
 * A queue of messages in memory that two threads share: one writes, the other reads. What was
 * written can be read at once, also while the thread that wrote it is busy for good.
 */

/** What stands in front of a message's text; all fields are numbers. */
export interface MessageHead {
  readonly kind: number;
  readonly flag: boolean;
  readonly durationMs: number;
  readonly memoryMb: number;
}

/** A message as it was written. */
export interface RingMessage extends MessageHead {
  /** Undefined where the text was too long: it came another way. */
  readonly text: string | undefined;
}

const COUNTERS_BYTES = 8;
/** A power of two. */
const CAPACITY_BYTES = 65_536;
const HEAD_BYTES = 32;
const SKIP = -1;
const FLAG = 1;
const TEXT_ELSEWHERE = 2;
/** Functions mostly answer as they did the time before: both sides know the latest text. */
const SAME_TEXT = 4;

/** Longer texts are not put into a ring: a third of a UTF-16 code unit is the least that it holds. */
export const MAX_RING_TEXT_CHARACTERS = 8192;

/** Returns the memory of an empty ring. */
export function ringMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(COUNTERS_BYTES + CAPACITY_BYTES);
}

// Taken before a function runs in this thread, which may replace them for itself.
const { load, store, wait, notify } = Atomics;
const encoder = new TextEncoder();
const encodeInto = encoder.encodeInto.bind(encoder);
const Bytes = Uint8Array;
const bufferFrom = Buffer.from.bind(Buffer);

/** The two counters and the messages' bytes; the counters run on for ever, modulo 2^32. */
function viewsOf(memory: SharedArrayBuffer) {
  return {
    counters: new Int32Array(memory, 0, 2),
    view: new DataView(memory, COUNTERS_BYTES, CAPACITY_BYTES),
  };
}

const WRITTEN = 0;
const READ = 1;

/** Writes messages into a ring. */
export class RingWriter {
  readonly #memory: SharedArrayBuffer;
  readonly #counters: Int32Array;
  readonly #view: DataView;
  /** Wakes the reader where the ring is full. */
  readonly #callReader: () => void;
  #latestText = "";

  constructor(memory: SharedArrayBuffer, callReader: () => void) {
    const { counters, view } = viewsOf(memory);
    this.#memory = memory;
    this.#counters = counters;
    this.#view = view;
    this.#callReader = callReader;
  }

  /** Writes a message; waits where the reader lags behind. `text` is undefined where it goes another way. */
  write(head: MessageHead, text: string | undefined): void {
    const isSame = text === this.#latestText;
    const inRing = isSame ? "" : (text ?? "");
    const most = HEAD_BYTES + inRing.length * 3;
    let at = load(this.#counters, WRITTEN);
    const left = CAPACITY_BYTES - offsetOf(at);
    if (left < most) {
      this.#waitForRoom(at, left);
      this.#view.setInt32(offsetOf(at), SKIP, true);
      at = (at + left) | 0;
      store(this.#counters, WRITTEN, at);
    }
    this.#waitForRoom(at, roundedUp(most));
    const offset = offsetOf(at);
    const textBytes =
      inRing === ""
        ? 0
        : encodeInto(
            inRing,
            new Bytes(this.#memory, COUNTERS_BYTES + offset + HEAD_BYTES, inRing.length * 3),
          ).written;
    if (text !== undefined) this.#latestText = text;
    this.#view.setInt32(offset, head.kind, true);
    this.#view.setInt32(offset + 4, textBytes, true);
    const flags =
      (head.flag ? FLAG : 0) | (text === undefined ? TEXT_ELSEWHERE : 0) | (isSame ? SAME_TEXT : 0);
    this.#view.setInt32(offset + 8, flags, true);
    this.#view.setInt32(offset + 12, head.memoryMb, true);
    this.#view.setFloat64(offset + 16, head.durationMs, true);
    store(this.#counters, WRITTEN, (at + roundedUp(HEAD_BYTES + textBytes)) | 0);
  }

  #waitForRoom(at: number, bytes: number): void {
    let read = load(this.#counters, READ);
    while (((at - read) | 0) + bytes > CAPACITY_BYTES) {
      this.#callReader();
      wait(this.#counters, READ, read);
      read = load(this.#counters, READ);
    }
  }
}

/** Reads messages from a ring. */
export class RingReader {
  readonly #counters: Int32Array;
  readonly #view: DataView;
  readonly #bytes: Buffer;
  #latestText = "";

  constructor(memory: SharedArrayBuffer) {
    const { counters, view } = viewsOf(memory);
    this.#counters = counters;
    this.#view = view;
    this.#bytes = bufferFrom(memory, COUNTERS_BYTES, CAPACITY_BYTES);
  }

  /** Takes the oldest message; undefined where there is none. */
  read(): RingMessage | undefined {
    const at = load(this.#counters, READ);
    if (at === load(this.#counters, WRITTEN)) return undefined;
    const offset = offsetOf(at);
    const kind = this.#view.getInt32(offset, true);
    if (kind === SKIP) {
      this.#release((at + CAPACITY_BYTES - offset) | 0);
      return this.read();
    }
    const textBytes = this.#view.getInt32(offset + 4, true);
    const flags = this.#view.getInt32(offset + 8, true);
    const start = offset + HEAD_BYTES;
    const isInRing = (flags & (TEXT_ELSEWHERE | SAME_TEXT)) === 0;
    if (isInRing) this.#latestText = this.#bytes.toString("utf8", start, start + textBytes);
    const message = {
      kind,
      flag: (flags & FLAG) !== 0,
      memoryMb: this.#view.getInt32(offset + 12, true),
      durationMs: this.#view.getFloat64(offset + 16, true),
      text: (flags & TEXT_ELSEWHERE) === 0 ? this.#latestText : undefined,
    };
    this.#release((at + roundedUp(HEAD_BYTES + textBytes)) | 0);
    return message;
  }

  #release(at: number): void {
    store(this.#counters, READ, at);
    notify(this.#counters, READ);
  }
}

function offsetOf(counter: number): number {
  return counter & (CAPACITY_BYTES - 1);
}

/** Heads stay aligned, so that one always fits in front of the ring's end. */
function roundedUp(bytes: number): number {
  return (bytes + HEAD_BYTES - 1) & ~(HEAD_BYTES - 1);
}
