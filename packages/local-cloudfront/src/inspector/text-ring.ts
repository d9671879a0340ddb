/**
 * The latest texts, numbered from 1, in memory of a fixed size outside of V8's heap. Thousands of
 * small objects that live long and are replaced all the time would keep its full collections busy.
 */
export class TextRing {
  readonly #bytes: Buffer;
  /** Where the text of a number lies, at the number modulo their length. */
  readonly #starts: Float64Array;
  readonly #lengths: Float64Array;
  #writeAt = 0;
  #oldest = 1;
  #latest = 0;

  /**
   * @param capacity how many texts are kept at most
   * @param capacityBytes how many bytes, in UTF-8, they may have together
   */
  constructor(capacity: number, capacityBytes: number) {
    this.#bytes = Buffer.allocUnsafeSlow(capacityBytes);
    this.#starts = new Float64Array(capacity);
    this.#lengths = new Float64Array(capacity);
  }

  /** The number of the oldest text that is kept; one more than `latest` where none is. */
  get oldest(): number {
    return this.#oldest;
  }

  /** The number of the latest text; 0 before the first. */
  get latest(): number {
    return this.#latest;
  }

  /**
   * Adds a text; older ones make room for it.
   *
   * @throws {RangeError} when it is longer than all that can be kept
   */
  add(text: string): void {
    const length = Buffer.byteLength(text);
    if (length > this.#bytes.length) {
      throw new RangeError(
        `Text is too long: got ${length} bytes, ${this.#bytes.length} are kept.`,
      );
    }
    if (this.#writeAt + length > this.#bytes.length) {
      this.#forgetFrom(this.#writeAt, this.#bytes.length);
      this.#writeAt = 0;
    }
    this.#forgetFrom(this.#writeAt, this.#writeAt + length);
    this.#latest += 1;
    if (this.#latest - this.#oldest === this.#starts.length) this.#oldest += 1;
    const place = this.#latest % this.#starts.length;
    this.#starts[place] = this.#writeAt;
    this.#lengths[place] = length;
    this.#bytes.write(text, this.#writeAt);
    this.#writeAt += length;
  }

  /** Returns the texts after a number that are kept, the oldest first. */
  after(number: number): string[] {
    const texts: string[] = [];
    for (let next = Math.max(number + 1, this.#oldest); next <= this.#latest; next += 1) {
      const start = this.#startOf(next);
      texts.push(this.#bytes.toString("utf8", start, start + this.#lengthOf(next)));
    }
    return texts;
  }

  /** Forgets all texts; numbers go on. */
  clear(): void {
    this.#oldest = this.#latest + 1;
  }

  /** Forgets the oldest ones that lie in a part of the memory. */
  #forgetFrom(start: number, end: number): void {
    while (this.#oldest <= this.#latest) {
      const oldestStart = this.#startOf(this.#oldest);
      const isClear = oldestStart >= end || oldestStart + this.#lengthOf(this.#oldest) <= start;
      if (isClear) return;
      this.#oldest += 1;
    }
  }

  #startOf(number: number): number {
    return this.#starts[number % this.#starts.length] ?? 0;
  }

  #lengthOf(number: number): number {
    return this.#lengths[number % this.#lengths.length] ?? 0;
  }
}
