import { comparisonOf, measureInTurn, type Comparison } from "../frame/compare.ts";
import type { ServerProcess } from "../servers/server-process.ts";
import { processorMicroseconds } from "./processor-time.ts";
import { runLoad } from "./run-load.ts";

/** What several servers were measured to do, by their names. */
export interface ComparedLoads {
  readonly requestsPerSecond: Comparison;
  /** Microseconds of processor time for a request, all threads together. */
  readonly processorTime: Comparison;
}

/** Of processes that run the same code, one may take a tenth longer for as long as it lives. */
const sittings = 4;
const roundsOfSitting = 5;
/** Until V8 has compiled each server. */
const warmUpSeconds = 6;
/** After that, V8 has compiled the load generator, which is a new process each time. */
const generatorWarmUpMs = 500;

type Measured = Map<string, number[]>;

/**
 * Loads servers in turn, for a second each, in many short rounds: the speed of a machine drifts. They are started anew
 * several times.
 *
 * @param start what starts each server, by its name
 * @param path for a server's next load, which counts up from 0
 */
export async function compareLoads(
  start: ReadonlyMap<string, () => Promise<ServerProcess>>,
  path: (number: number) => string,
): Promise<ComparedLoads> {
  const requestsPerSecond: Measured = new Map();
  const processorTime: Measured = new Map();
  for (let sitting = 0; sitting < sittings; sitting += 1) {
    const servers = new Map<string, ServerProcess>();
    try {
      for (const [name, startServer] of start) servers.set(name, await startServer());
      await measureLoads(servers, path, { requestsPerSecond, processorTime });
    } finally {
      await Promise.all([...servers.values()].map((server) => server.stop()));
    }
  }
  return {
    requestsPerSecond: comparisonOf(requestsPerSecond),
    processorTime: comparisonOf(processorTime),
  };
}

async function measureLoads(
  servers: ReadonlyMap<string, ServerProcess>,
  path: (number: number) => string,
  { requestsPerSecond, processorTime }: Record<keyof ComparedLoads, Measured>,
): Promise<void> {
  let number = 0;
  const nextPath = (): string => path(number++);
  for (const { port } of servers.values()) {
    await runLoad({ port, path: nextPath(), seconds: warmUpSeconds });
  }
  const measured = await measureInTurn(
    roundsOfSitting,
    [...servers].map(([name, { port, pid }]) => {
      const measure = async (): Promise<number> => {
        const before = processorMicroseconds(pid);
        const load = await runLoad({
          port,
          path: nextPath(),
          seconds: 1,
          warmUpMs: generatorWarmUpMs,
        });
        append(processorTime, name, (processorMicroseconds(pid) - before) / load.responses);
        return load.requestsPerSecond;
      };
      return { name, measure };
    }),
  );
  for (const [name, values] of measured) append(requestsPerSecond, name, ...values);
}

function append(measured: Measured, name: string, ...values: readonly number[]): void {
  measured.set(name, [...(measured.get(name) ?? []), ...values]);
}
