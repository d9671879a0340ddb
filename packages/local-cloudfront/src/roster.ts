interface Entry<T> {
  readonly member: T;
  place: number;
}

/**
 * What comes and goes with every request, in no order.
 *
 * A Set that is added to and deleted from so often is rebuilt again and again, and each of its old
 * tables leads to the next. Once one of them has grown old, V8's scavenger takes whatever was in
 * those after it to be alive: at thousands of requests a second, megabytes a second that are moved
 * about before the next full collection drops them.
 */
export class Roster<T> {
  readonly #entries: Entry<T>[] = [];

  /** Adds a member; returns what removes it. */
  add(member: T): () => void {
    const entry: Entry<T> = { member, place: this.#entries.length };
    this.#entries.push(entry);
    return () => this.#remove(entry);
  }

  /** Returns those that are there now. */
  members(): readonly T[] {
    return this.#entries.map(({ member }) => member);
  }

  #remove(entry: Entry<T>): void {
    if (this.#entries[entry.place] !== entry) return;
    const last = this.#entries.pop();
    if (last !== undefined && last !== entry) {
      this.#entries[entry.place] = last;
      last.place = entry.place;
    }
  }
}
