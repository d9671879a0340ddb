/** Longer texts are not kept. */
const maxCharacters = 32_768;

/** The latest few of what takes time to make and depends on a text alone. */
export class Memo<Value> {
  readonly #values = new Map<string, Value>();
  readonly #maxValues: number;

  constructor(maxValues: number) {
    this.#maxValues = maxValues;
  }

  /** Returns the value of a text, by making it where it is not known. */
  get(text: string, make: () => Value): Value {
    const known = this.#values.get(text);
    if (known !== undefined) return known;
    const value = make();
    if (text.length > maxCharacters) return value;
    const [oldest] = this.#values.keys();
    if (oldest !== undefined && this.#values.size >= this.#maxValues) this.#values.delete(oldest);
    this.#values.set(text, value);
    return value;
  }
}
