/**
 * The latest few of what is made again and again of the same things: most requests of a site differ
 * in little from one before, and what was made of one can serve all.
 */
export class Recent<Item> {
  /** To be looked through, in no order. */
  readonly items: readonly Item[];
  readonly #items: Item[] = [];
  readonly #most: number;
  #next = 0;

  /** @param most how many are kept: the oldest makes way for the newest */
  constructor(most: number) {
    this.#most = most;
    this.items = this.#items;
  }

  /** Keeps an item, and returns it. */
  add(item: Item): Item {
    this.#items[this.#next] = item;
    this.#next = (this.#next + 1) % this.#most;
    return item;
  }
}
