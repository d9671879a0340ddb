import type { Bench } from "../frame/bench.ts";

/** All benchmarks, in the order of RESULTS.md. */
export const benches: readonly Bench[] = [];
