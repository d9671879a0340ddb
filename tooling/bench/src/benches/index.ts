import type { Bench } from "../frame/bench.ts";
import { build } from "./build.ts";
import { editLoop } from "./edit-loop.ts";
import { functionsCalls } from "./functions-calls.ts";
import { functionsCold } from "./functions-cold.ts";
import { functionsGrowth } from "./functions-growth.ts";
import { growth } from "./growth.ts";
import { hit } from "./hit.ts";
import { memory } from "./memory.ts";
import { miss } from "./miss.ts";
import { size } from "./size.ts";
import { start } from "./start.ts";
import { synth } from "./synth.ts";

/** All benchmarks, in the order of RESULTS.md. */
export const benches: readonly Bench[] = [
  hit,
  miss,
  start,
  memory,
  size,
  functionsCalls,
  functionsCold,
  functionsGrowth,
  growth,
  synth,
  editLoop,
  build,
];
