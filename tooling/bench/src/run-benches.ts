import { parseArgs } from "node:util";
import { functions } from "./benches/functions.ts";
import { hit } from "./benches/hit.ts";
import { memory } from "./benches/memory.ts";
import { miss } from "./benches/miss.ts";
import { njs } from "./benches/njs.ts";
import { replay } from "./benches/replay.ts";
import { start } from "./benches/start.ts";
import { synth } from "./benches/synth.ts";
import { writeResults } from "./frame/write-results.ts";

// `node src/run-benches.ts [name…]`: runs all benchmarks, or those that are named.
const benches = [hit, miss, start, synth, memory, replay, functions, njs];
const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.find((name) => benches.every((bench) => bench.name !== name));
if (unknown !== undefined) {
  const names = benches.map(({ name }) => name).join(", ");
  throw new RangeError(
    `Benchmark is not known: got ${JSON.stringify(unknown)}. There are: ${names}.`,
  );
}
for (const bench of benches) {
  if (positionals.length > 0 && !positionals.includes(bench.name)) continue;
  const lacking = bench.lacks?.();
  if (lacking !== undefined) {
    process.stdout.write(`${bench.name}: skipped, this machine lacks ${lacking}\n\n`);
    continue;
  }
  process.stdout.write(`${writeResults(bench, await bench.run())}\n\n`);
}
