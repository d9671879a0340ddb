/** A part of the examples finds nearly all mistakes, and each run of the suite has others. */
const share = process.env["PROPERTY_RUNS"] === "full" ? 1 : 1 / 4;

/** Returns how many examples a property gets: all before a release (`PROPERTY_RUNS=full`), a quarter otherwise. */
export function propertyRuns(all: number): number {
  return Math.ceil(all * share);
}
