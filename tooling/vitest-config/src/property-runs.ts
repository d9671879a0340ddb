/** How fast-check runs a property. */
export interface PropertyRuns {
  readonly numRuns: number;
  /** The same examples in each run, where given. */
  readonly seed?: number;
}

const isForRelease = process.env["PROPERTY_RUNS"] === "full";

/**
 * Returns how a property is run. In the gate, whose verdict on a commit must not depend on chance, it gets a
 * quarter of its examples, the same in each run. Before a release (`PROPERTY_RUNS=full`) it gets all of them, others
 * each time; where it fails, fast-check prints the seed.
 *
 * @param all How many examples the property gets before a release.
 */
export function propertyRuns(all: number): PropertyRuns {
  return isForRelease ? { numRuns: all } : { numRuns: Math.ceil(all / 4), seed: 1 };
}
