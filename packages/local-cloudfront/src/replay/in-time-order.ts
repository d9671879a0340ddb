/** An item with the time by which it is ordered. */
export interface Timed {
  readonly receivedAtMs: number;
}

/**
 * Yields items in the order of their times, those of the same time as they came. It looks ahead over a bounded number
 * of items: one that comes later than that is yielded as soon as it is there.
 */
export async function* inTimeOrder<Item extends Timed>(
  items: AsyncIterable<Item>,
  lookahead: number,
): AsyncGenerator<Item> {
  let waiting: Item[] = [];
  for await (const item of items) {
    waiting.push(item);
    if (waiting.length < lookahead * 2) continue;
    waiting = sorted(waiting);
    yield* waiting.splice(0, lookahead);
  }
  yield* sorted(waiting);
}

function sorted<Item extends Timed>(items: readonly Item[]): Item[] {
  return items.toSorted((a, b) => a.receivedAtMs - b.receivedAtMs);
}
