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

/** Yields the items of several sequences, which are roughly in order themselves, by their times. */
export async function* mergedInTime<Item extends Timed>(
  sequences: readonly AsyncGenerator<Item, void>[],
): AsyncGenerator<Item> {
  const heads = await Promise.all(
    sequences.map(async (sequence) => ({ sequence, next: await sequence.next() })),
  );
  for (;;) {
    let first: { item: Item; head: (typeof heads)[number] } | undefined;
    for (const head of heads) {
      if (head.next.done === true) continue;
      const item = head.next.value;
      if (first === undefined || item.receivedAtMs < first.item.receivedAtMs)
        first = { item, head };
    }
    if (first === undefined) return;
    yield first.item;
    first.head.next = await first.head.sequence.next();
  }
}
