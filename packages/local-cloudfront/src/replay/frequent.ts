/** Counts of texts of which there may be more than memory is for: the frequent ones are kept. */
export interface Frequent {
  total: number;
  readonly counts: Map<string, number>;
  /** The path with which a text came first, where it does not hold it itself. */
  readonly paths: Map<string, string>;
}

/** How many are kept at least; of twice as many, the rarer half goes. */
const kept = 500;

export function emptyFrequent(): Frequent {
  return { total: 0, counts: new Map(), paths: new Map() };
}

/** Counts a text. What has gone and comes again starts anew, so that the count of a rare one may be too small. */
export function count(frequent: Frequent, text: string, weight: number, path?: string): void {
  const { counts, paths } = frequent;
  frequent.total += weight;
  counts.set(text, (counts.get(text) ?? 0) + weight);
  if (path !== undefined && !paths.has(text)) paths.set(text, path);
  if (counts.size < kept * 2) return;
  for (const [rare] of byCount(counts).slice(kept)) {
    counts.delete(rare);
    paths.delete(rare);
  }
}

/** Returns the most frequent texts, the most frequent first. */
export function mostFrequent({ counts }: Frequent, most: number): readonly [string, number][] {
  return byCount(counts).slice(0, most);
}

function byCount(counts: ReadonlyMap<string, number>): [string, number][] {
  return [...counts].toSorted(([, a], [, b]) => b - a);
}
