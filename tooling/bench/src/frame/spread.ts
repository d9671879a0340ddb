/** The smallest, the middle and the largest of some measurements. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/**
 * Returns the spread of measurements.
 *
 * @throws {RangeError} when there are none
 */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((a, b) => a - b);
  const [min] = sorted;
  const max = sorted.at(-1);
  if (min === undefined || max === undefined) {
    throw new RangeError("A spread needs measurements: got none. Measure at least one round.");
  }
  const half = (sorted.length - 1) / 2;
  const low = sorted[Math.floor(half)] ?? min;
  const high = sorted[Math.ceil(half)] ?? max;
  return { min, median: (low + high) / 2, max };
}
