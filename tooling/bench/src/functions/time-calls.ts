import { createRequire } from "node:module";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { type SampleEvents, sampleEventJsons } from "./sample-events.ts";

/** The first line of the standard input; each further line asks for one measurement. */
export interface CallsToTime {
  /** Where `index.cjs` is. */
  readonly folder: string;
  readonly events: SampleEvents;
}

type Handler = (event: unknown) => Promise<unknown>;

const warmingBatches = 1000;
const batches = 40;
/** So few that the events are in the processor's caches, as one that was just parsed. */
const callsPerBatch = 32;

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const { folder, events }: CallsToTime = JSON.parse((await lines.next()).value ?? "");
const { handler }: { readonly handler: Handler } = createRequire(join(folder, "/"))("./index.cjs");
const jsons = sampleEventJsons(events);
let calls = 0;
// Once two handlers were called from one place, V8 compiles none of them into the loop, as it would a small
// one: Lambda's runtime does not, and the others would be at a disadvantage.
await timeBatch(async () => {});
for (let batch = 0; batch < warmingBatches; batch += 1) await timeBatch(handler);
for await (const _asked of lines) process.stdout.write(`${await measure()}\n`);

/** Returns the nanoseconds of a call in the quickest tenth of the batches: what disturbs one makes it slower. */
async function measure(): Promise<number> {
  const measured: number[] = [];
  for (let batch = 0; batch < batches; batch += 1) measured.push(await timeBatch(handler));
  return measured.toSorted((one, other) => one - other)[Math.floor(batches / 10)] ?? Number.NaN;
}

/** Each call gets an event of its own, as Lambda gives it, made before the time is taken. */
async function timeBatch(called: Handler): Promise<number> {
  const batchEvents: readonly unknown[] = Array.from({ length: callsPerBatch }, () =>
    JSON.parse(jsons[calls++ % jsons.length] ?? ""),
  );
  const start = process.hrtime.bigint();
  for (const event of batchEvents) await called(event);
  return Number(process.hrtime.bigint() - start) / callsPerBatch;
}
