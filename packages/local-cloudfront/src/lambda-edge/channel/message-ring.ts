/*
 * A queue of texts in memory that two threads share: one writes, the other reads. What was written
 * can be read at once, also while the thread that wrote it is busy for good. README.md has the layout.
 */

const CAPACITY_BYTES = 65_536;
const HEAD_BYTES = 8;
const WRITTEN = 0;
const READ = 1;
/** Where the texts begin, in bytes: behind the two counters. */
const TEXTS_AT = 8;

/** In the place of a length: the text begins at the ring's beginning, or was sent another way. */
const SKIP = -1;
const ELSEWHERE = -2;

/** Longer texts are not put into a ring: UTF-8 takes three bytes at most for a UTF-16 code unit. */
const MAX_CHARACTERS = 8192;

// Taken before a function runs in this thread, which may replace them for itself. Elements of a
// typed array are read and written without any method that it could replace.
const { load, store, wait, notify } = Atomics;
const encodeInto = TextEncoder.prototype.encodeInto.bind(new TextEncoder());
const Bytes = Uint8Array;

/** Returns the memory of an empty ring. */
export function ringMemory(): SharedArrayBuffer {
  return new SharedArrayBuffer(TEXTS_AT + CAPACITY_BYTES);
}

/** Whether a text is written into a ring; a longer one has to be sent another way. */
export function fitsIntoRing(text: string): boolean {
  return text.length <= MAX_CHARACTERS;
}

/** Writes texts into a ring. */
export class RingWriter {
  readonly #memory: SharedArrayBuffer;
  readonly #ints: Int32Array;
  readonly #callReader: () => void;

  /** @param callReader wakes the reader where the ring is full */
  constructor(memory: SharedArrayBuffer, callReader: () => void) {
    this.#memory = memory;
    this.#ints = new Int32Array(memory);
    this.#callReader = callReader;
  }

  /** Writes a text; waits where the reader lags behind. Undefined says that it is sent another way. */
  write(text: string | undefined): void {
    const most = roundedUp(HEAD_BYTES + (text?.length ?? 0) * 3);
    let at = load(this.#ints, WRITTEN);
    const left = CAPACITY_BYTES - offsetOf(at);
    if (left < most) {
      this.#waitForRoom(at, left);
      this.#ints[headAt(at)] = SKIP;
      at = (at + left) | 0;
      store(this.#ints, WRITTEN, at);
    }
    this.#waitForRoom(at, most);
    let bytes = 0;
    if (text !== undefined) {
      const place = new Bytes(this.#memory, textAt(at), text.length * 3);
      bytes = encodeInto(text, place).written;
    }
    this.#ints[headAt(at)] = text === undefined ? ELSEWHERE : bytes;
    store(this.#ints, WRITTEN, (at + roundedUp(HEAD_BYTES + bytes)) | 0);
  }

  #waitForRoom(at: number, bytes: number): void {
    let read = load(this.#ints, READ);
    while (((at - read) | 0) + bytes > CAPACITY_BYTES) {
      this.#callReader();
      wait(this.#ints, READ, read);
      read = load(this.#ints, READ);
    }
  }
}

/** Reads texts from a ring. */
export class RingReader {
  readonly #ints: Int32Array;
  readonly #bytes: Buffer;

  constructor(memory: SharedArrayBuffer) {
    this.#ints = new Int32Array(memory);
    this.#bytes = Buffer.from(memory);
  }

  /**
   * Takes the oldest text; `"none"` where there is none, `"elsewhere"` where it was sent another way.
   *
   * @throws {RangeError} when the ring holds what no writer writes
   */
  read(): { readonly text: string } | "none" | "elsewhere" {
    const at = load(this.#ints, READ);
    if (at === load(this.#ints, WRITTEN)) return "none";
    const left = CAPACITY_BYTES - offsetOf(at);
    const bytes = this.#ints[headAt(at)] ?? 0;
    if (bytes === SKIP) {
      this.#release((at + left) | 0);
      return this.read();
    }
    if (bytes === ELSEWHERE) {
      this.#release((at + HEAD_BYTES) | 0);
      return "elsewhere";
    }
    if (bytes < 0 || bytes > left - HEAD_BYTES) {
      throw new RangeError(`Ring has a text of ${bytes} bytes where ${left} are left.`);
    }
    const start = textAt(at);
    const text = this.#bytes.toString("utf8", start, start + bytes);
    this.#release((at + roundedUp(HEAD_BYTES + bytes)) | 0);
    return { text };
  }

  #release(at: number): void {
    store(this.#ints, READ, at);
    notify(this.#ints, READ);
  }
}

/** Counters run on for ever, modulo 2^32. */
function offsetOf(counter: number): number {
  return counter & (CAPACITY_BYTES - 1);
}

function headAt(counter: number): number {
  return (TEXTS_AT + offsetOf(counter)) >> 2;
}

function textAt(counter: number): number {
  return TEXTS_AT + offsetOf(counter) + HEAD_BYTES;
}

/** Heads stay aligned, so that one always fits in front of the ring's end. */
function roundedUp(bytes: number): number {
  return (bytes + HEAD_BYTES - 1) & ~(HEAD_BYTES - 1);
}
