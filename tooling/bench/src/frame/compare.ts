/** The smallest, the middle and the largest of some measurements. */
export interface Spread {
  readonly min: number;
  readonly median: number;
  readonly max: number;
}

/** One of the things that are compared. */
export interface Contestant {
  readonly name: string;
  /** Measures once and returns a number in the comparison's unit, whatever that is. */
  readonly measure: () => number | Promise<number>;
}

/** What was measured of each contestant, round by round. */
export interface Comparison {
  /** The measurements of a contestant. */
  spread(name: string): Spread;
  /** The quotients of two contestants, each within one round: what the machine did to both cancels out. */
  ratio(name: string, baseline: string): Spread;
}

/**
 * Measures all contestants in turn, in several rounds, each round in another order.
 *
 * @param rounds how often each is measured; one more round before them warms up and does not count
 */
export async function sideBySide(
  rounds: number,
  contestants: readonly Contestant[],
): Promise<Comparison> {
  return comparisonOf(await measureInTurn(rounds, contestants));
}

/** Measures likewise, and returns what was measured of each contestant, round by round. */
export async function measureInTurn(
  rounds: number,
  contestants: readonly Contestant[],
): Promise<ReadonlyMap<string, readonly number[]>> {
  const measured = new Map<string, number[]>(contestants.map(({ name }) => [name, []]));
  for (let round = -1; round < rounds; round += 1) {
    const first = Math.max(0, round) % contestants.length;
    for (const { name, measure } of [...contestants.slice(first), ...contestants.slice(0, first)]) {
      const value = await measure();
      if (round >= 0) measured.get(name)?.push(value);
    }
  }
  return measured;
}

/**
 * Compares what was measured of each contestant, round by round.
 *
 * @throws {RangeError} when asked for a contestant that there is not
 */
export function comparisonOf(measured: ReadonlyMap<string, readonly number[]>): Comparison {
  const valuesOf = (name: string): readonly number[] => {
    const values = measured.get(name);
    if (values === undefined) throw new RangeError(`No contestant has this name: got ${name}.`);
    return values;
  };
  return {
    spread: (name) => spreadOf(valuesOf(name)),
    ratio(name, baseline) {
      const below = valuesOf(baseline);
      return spreadOf(valuesOf(name).map((value, round) => value / (below[round] ?? Number.NaN)));
    },
  };
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
