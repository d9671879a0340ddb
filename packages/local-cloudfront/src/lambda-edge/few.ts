/**
 * A set of few members that come and go all the time. A Set would be rebuilt again and again, and
 * each of its old tables grows old: memory that only V8's next full collection gives back.
 */
export class Few<T> implements Iterable<T> {
  readonly #members: T[] = [];

  get size(): number {
    return this.#members.length;
  }

  /** Adds a member that is not there yet. */
  add(member: T): void {
    if (!this.#members.includes(member)) this.#members.push(member);
  }

  /** Returns false where it was not there. */
  delete(member: T): boolean {
    const place = this.#members.indexOf(member);
    if (place === -1) return false;
    const last = this.#members.pop() as T;
    if (place < this.#members.length) this.#members[place] = last;
    return true;
  }

  clear(): void {
    this.#members.length = 0;
  }

  /** In no order. */
  [Symbol.iterator](): Iterator<T> {
    return this.#members.values();
  }

  /** Calls a listener for those that are there now, whatever it adds or deletes. */
  forEach(listener: (member: T) => void): void {
    for (const member of this.#members.slice()) listener(member);
  }
}
