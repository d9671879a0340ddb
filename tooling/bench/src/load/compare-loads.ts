import { comparisonOf, sideBySide, type Comparison } from "../frame/side-by-side.ts";
import type { ServerProcess } from "../servers/server-process.ts";
import { processorMicroseconds } from "./processor-time.ts";
import { runLoad } from "./run-load.ts";

/** What several servers were measured to do, by their names. */
export interface ComparedLoads {
  readonly requestsPerSecond: Comparison;
  /** Microseconds of processor time for a request, all threads together. */
  readonly processorTime: Comparison;
  /** The quotient of the slowest hundredth's latency and the median's, in each round. */
  readonly tail: Comparison;
}

/** How the servers are loaded. */
export interface CompareLoadsOptions {
  /** The path for a server's next load, which counts up from 0. */
  readonly path: (number: number) => string;
  /** @default 15 */
  readonly rounds?: number;
  /** For how long each server is loaded before anything counts: until V8 has compiled it. @default 6 */
  readonly warmUpSeconds?: number;
}

/** After that, V8 has compiled the load generator, which is a new process each time. */
const generatorWarmUpMs = 500;

/** Loads servers in turn, for a second each, in many short rounds: the speed of a machine drifts. */
export async function compareLoads(
  servers: ReadonlyMap<string, ServerProcess>,
  { path, rounds = 15, warmUpSeconds = 6 }: CompareLoadsOptions,
): Promise<ComparedLoads> {
  let number = 0;
  const nextPath = (): string => path(number++);
  for (const { port } of servers.values()) {
    await runLoad({ port, path: nextPath(), seconds: warmUpSeconds });
  }
  const processorTime = new Map<string, number[]>();
  const tail = new Map<string, number[]>();
  const requestsPerSecond = await sideBySide(
    rounds,
    [...servers].map(([name, { port, pid }]) => {
      const microseconds: number[] = [];
      const tails: number[] = [];
      processorTime.set(name, microseconds);
      tail.set(name, tails);
      const measure = async (): Promise<number> => {
        const before = processorMicroseconds(pid);
        const load = await runLoad({
          port,
          path: nextPath(),
          seconds: 1,
          warmUpMs: generatorWarmUpMs,
        });
        microseconds.push((processorMicroseconds(pid) - before) / load.answered);
        tails.push(load.p99Ms / load.p50Ms);
        return load.requestsPerSecond;
      };
      return { name, measure };
    }),
  );
  return {
    requestsPerSecond,
    processorTime: comparisonOf(processorTime),
    tail: comparisonOf(tail),
  };
}
