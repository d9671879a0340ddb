import { comparisonOf, sideBySide, type Comparison } from "../frame/compare.ts";
import type { ServerProcess } from "../servers/server-process.ts";
import { processorMicroseconds } from "./processor-time.ts";
import { runLoad } from "./run-load.ts";

/** What several servers were measured to do, by their names. */
export interface ComparedLoads {
  readonly requestsPerSecond: Comparison;
  /** Microseconds of processor time for a request, all threads together. */
  readonly processorTime: Comparison;
}

const rounds = 15;
/** Until V8 has compiled each server. */
const warmUpSeconds = 6;
/** After that, V8 has compiled the load generator, which is a new process each time. */
const generatorWarmUpMs = 500;

/**
 * Loads servers in turn, for a second each, in many short rounds: the speed of a machine drifts.
 *
 * @param path for a server's next load, which counts up from 0
 */
export async function compareLoads(
  servers: ReadonlyMap<string, ServerProcess>,
  path: (number: number) => string,
): Promise<ComparedLoads> {
  let number = 0;
  const nextPath = (): string => path(number++);
  for (const { port } of servers.values()) {
    await runLoad({ port, path: nextPath(), seconds: warmUpSeconds });
  }
  const processorTime = new Map<string, number[]>();
  const requestsPerSecond = await sideBySide(
    rounds,
    [...servers].map(([name, { port, pid }]) => {
      const microseconds: number[] = [];
      processorTime.set(name, microseconds);
      const measure = async (): Promise<number> => {
        const before = processorMicroseconds(pid);
        const load = await runLoad({
          port,
          path: nextPath(),
          seconds: 1,
          warmUpMs: generatorWarmUpMs,
        });
        microseconds.push((processorMicroseconds(pid) - before) / load.responses);
        return load.requestsPerSecond;
      };
      return { name, measure };
    }),
  );
  return { requestsPerSecond, processorTime: comparisonOf(processorTime) };
}
