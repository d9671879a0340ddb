/**
 * What came last, first in, first out, in an array whose places are used again. One that is cut off
 * at the front would leave copies behind, and each old copy keeps alive all that it held until the
 * next full collection: at thousands of requests a second that is most of the work of V8's scavenger.
 */
export class Latest<T> {
  #places: (T | undefined)[] = [undefined];
  #first = 0;
  #size = 0;

  get size(): number {
    return this.#size;
  }

  push(item: T): void {
    if (this.#size === this.#places.length) this.#grow();
    this.#places[this.#placeOf(this.#size)] = item;
    this.#size += 1;
  }

  /** Takes the oldest away; undefined where there is none. */
  shift(): T | undefined {
    if (this.#size === 0) return undefined;
    const oldest = this.#places[this.#first];
    this.#places[this.#first] = undefined;
    this.#first = this.#placeOf(1);
    this.#size -= 1;
    return oldest;
  }

  clear(): void {
    this.#places = [undefined];
    this.#first = 0;
    this.#size = 0;
  }

  /** Returns all of them, the oldest first. */
  items(): T[] {
    return Array.from({ length: this.#size }, (_, at) => this.#places[this.#placeOf(at)] as T);
  }

  #placeOf(index: number): number {
    return (this.#first + index) % this.#places.length;
  }

  #grow(): void {
    const items: (T | undefined)[] = this.items();
    items.length *= 2;
    this.#places = items;
    this.#first = 0;
  }
}
