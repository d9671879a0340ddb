import type { Bench } from "../frame/bench.ts";
import { editLoop } from "./edit-loop.ts";
import { functionsCalls } from "./functions-calls.ts";
import { functionsCold } from "./functions-cold.ts";
import { functionsGrowth } from "./functions-growth.ts";

/** All benchmarks, in the order of RESULTS.md. */
export const benches: readonly Bench[] = [functionsCalls, functionsGrowth, functionsCold, editLoop];
