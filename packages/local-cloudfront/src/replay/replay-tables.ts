import { emptyDifferences, type Differences } from "./differences.ts";
import { emptyFrequent, type Frequent } from "./frequent.ts";
import { emptyKeyTables, type KeyTables } from "./key-costs.ts";
import { emptySideTally, type SideTally } from "./side-tally.ts";

/** All that a replay has counted so far. Plain data of bounded size, which a state file can hold. */
export interface ReplayTables {
  /** How many lines were replayed, in the order of their times. */
  replayed: number;
  /** Lines that came later than the replay looks ahead. */
  late: number;
  /** Milliseconds since the Unix epoch; undefined before the first request. */
  firstMs: number | undefined;
  lastMs: number | undefined;
  /** What the log itself says. */
  readonly log: Pick<SideTally, "requests" | "statuses" | "resultTypes" | "cache">;
  /** Statuses of A that are not the log's. */
  readonly logDifferences: Frequent;
  readonly sides: readonly SideTables[];
  /** Between A and B; stays empty where there is no B. */
  readonly differences: Differences;
}

/** What was counted of one side. */
export interface SideTables {
  readonly tally: SideTally;
  readonly keys: KeyTables;
}

/** Returns tables of a replay that has not begun. */
export function emptyTables(sides: number): ReplayTables {
  const { requests, statuses, resultTypes, cache } = emptySideTally();
  return {
    replayed: 0,
    late: 0,
    firstMs: undefined,
    lastMs: undefined,
    log: { requests, statuses, resultTypes, cache },
    logDifferences: emptyFrequent(),
    sides: Array.from({ length: sides }, () => ({
      tally: emptySideTally(),
      keys: emptyKeyTables(),
    })),
    differences: emptyDifferences(),
  };
}
