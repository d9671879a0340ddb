/** Longer texts are not kept. */
const maxCharacters = 32_768;

interface Entry<Value> {
  readonly texts: readonly string[];
  readonly value: Value;
}

/**
 * The latest few of what takes time to make and depends on some texts alone. They are compared one by one: to hash
 * texts of some thousand characters, as the keys of a map, takes longer.
 */
export class Memo<Value> {
  readonly #entries: Entry<Value>[] = [];
  readonly #maxEntries: number;
  /** The place of the oldest entry, once there are as many as are kept. */
  #oldest = 0;

  constructor(maxEntries: number) {
    this.#maxEntries = maxEntries;
  }

  /**
   * Returns the value of texts, by making it where it is not known.
   *
   * @param texts always as many of them
   */
  get(texts: readonly string[], make: () => Value): Value {
    const known = this.#entries.find((entry) =>
      entry.texts.every((text, at) => text === texts[at]),
    );
    if (known !== undefined) return known.value;
    const value = make();
    if (texts.some(({ length }) => length > maxCharacters)) return value;
    this.#entries[this.#oldest] = { texts, value };
    this.#oldest = (this.#oldest + 1) % this.#maxEntries;
    return value;
  }
}
