import { parseArgs } from "node:util";
import { benches } from "./benches/index.ts";
import { assembleResults, writeSection } from "./frame/write-results.ts";

// `node src/run-benches.ts [name…]`: runs all benchmarks that are quick, or those that are named.
const { positionals } = parseArgs({ allowPositionals: true });
const unknown = positionals.find((name) => benches.every((bench) => bench.name !== name));
if (unknown !== undefined) {
  const names = benches.map(({ name }) => name).join(", ");
  throw new RangeError(
    `Benchmark is not known: got ${JSON.stringify(unknown)}. There are: ${names}.`,
  );
}
for (const bench of benches) {
  const isWanted =
    positionals.length === 0 ? bench.isSlow !== true : positionals.includes(bench.name);
  if (!isWanted) continue;
  process.stdout.write(`${writeSection(bench, await bench.run())}\n\n`);
}
assembleResults(benches);
