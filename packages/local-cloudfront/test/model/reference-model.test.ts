import fc from "fast-check";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { propertyRuns } from "vitest-config/property-runs";
import { ModelServer } from "./model-server.ts";
import { takeRequest } from "./reference-model.ts";
import {
  behaviors,
  errorRules,
  eventSequences,
  type ModelEvent,
  type ModelRequest,
} from "./scenario.ts";
import {
  firstWorld,
  takeEvent,
  type ModelDistribution,
  type Outcome,
  type World,
} from "./world.ts";

/** Event sequences that are compared: more of them in the suite of a release (`test:release`). */
const sequences = Number(process.env["MODEL_SEQUENCES"] ?? propertyRuns(600).numRuns);
const behaviorsOfAServer = 15;
const sequencesOfABehavior = 10;
const servers = Math.ceil(sequences / behaviorsOfAServer / sequencesOfABehavior);
const seed = Number(process.env["MODEL_SEED"] ?? 1);

interface Way {
  readonly outcomes: readonly Outcome[];
  readonly world: World;
}

/**
 * All that can come of requests that are sent at once: they are taken in some order, and each has looked
 * into the cache before it was taken, or when. What is fresh by then serves it in either case.
 *
 * @param found the cache when they were sent
 */
function waysOf(
  world: World,
  distribution: ModelDistribution,
  requests: readonly (ModelRequest | undefined)[],
  found: World["cache"] = world.cache,
): readonly Way[] {
  if (requests.every((request) => request === undefined)) return [{ outcomes: [], world }];
  const ways = requests.flatMap((request, index) => {
    if (request === undefined) return [];
    const others = requests.with(index, undefined);
    const isSame = world.cache === found;
    return (isSame ? [undefined] : [undefined, found]).flatMap((foundBefore) => {
      const taken = takeRequest(world, distribution, request, foundBefore);
      return waysOf(taken.world, distribution, others, found).map((way) => {
        const outcomes = [...way.outcomes];
        outcomes[index] = taken.outcome;
        return { ...way, outcomes };
      });
    });
  });
  // Requests that are the same make the same ways.
  return [...new Map(ways.map((way) => [JSON.stringify(way), way])).values()];
}

/** Nothing collapses where cookies are forwarded (LE-A-44): what then overlaps is not of this model. */
function together(event: ModelEvent, { behavior }: ModelDistribution): readonly ModelEvent[] {
  return event.kind === "requests" && behavior.keyHasCookie
    ? event.requests.map((request) => ({ kind: "requests" as const, requests: [request] }))
    : [event];
}

/** Compares server and model; the worlds are all in which the distribution can be. */
async function compare(
  server: ModelServer,
  index: number,
  distribution: ModelDistribution,
  events: readonly ModelEvent[],
): Promise<void> {
  await server.reset();
  let worlds: readonly World[] = [firstWorld];
  for (const event of events.flatMap((each) => together(each, distribution))) {
    if (event.kind !== "requests") {
      worlds = worlds.map((world) => takeEvent(world, event));
      await server.take(index, event, worlds[0]?.origin ?? {});
      continue;
    }
    const seen = await server.send(index, event.requests);
    const ways = worlds.flatMap((world) => waysOf(world, distribution, event.requests));
    const shown = JSON.stringify(seen);
    const possible = ways.filter(({ outcomes }) => JSON.stringify(outcomes) === shown);
    expect(seen).toEqual((possible[0] ?? ways[0])?.outcomes);
    const byContent = new Map(possible.map(({ world }) => [JSON.stringify(world), world]));
    worlds = [...byContent.values()];
  }
}

function described(distribution: ModelDistribution, events: readonly ModelEvent[]): string {
  return [
    `behavior ${JSON.stringify(distribution.behavior)}`,
    `error responses ${JSON.stringify(distribution.errorRules)}`,
    ...events.map((event) => JSON.stringify(event)),
  ].join("\n");
}

describe("LE-A-01 to LE-A-15, LE-A-22, LE-A-23, LE-A-43 to LE-A-50, CF-G-08 to CF-G-22, CF-G-30, CF-G-31, CF-G-34, CF-G-36, CF-H-17: the server does as the reference model", () => {
  it.each(Array.from({ length: servers }, (_, number) => seed + number))(
    "with the distribution of seed %i",
    { timeout: 600_000 },
    async (number) => {
      vi.useFakeTimers({ toFake: ["Date"] });
      onTestFinished(() => void vi.useRealTimers());
      const [rules = []] = fc.sample(errorRules, { seed: number, numRuns: 1 });
      const served = fc.sample(behaviors, { seed: number, numRuns: behaviorsOfAServer });
      const server = await ModelServer.start(served, rules);
      for (const [index, behavior] of served.entries()) {
        const distribution = { behavior, errorRules: rules };
        await fc.assert(
          fc.asyncProperty(eventSequences, (events) =>
            compare(server, index, distribution, events),
          ),
          {
            seed: number,
            numRuns: sequencesOfABehavior,
            reporter: ({ failed, counterexample, errorInstance }) => {
              if (!failed) return;
              const events = counterexample?.[0] ?? [];
              throw new Error(
                `${described(distribution, events)}\n${String(errorInstance instanceof Error ? errorInstance.message : errorInstance)}`,
                { cause: errorInstance },
              );
            },
          },
        );
      }
    },
  );
});
