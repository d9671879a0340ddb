import type { RecordedRun } from "../lambda-edge/function-runner.ts";
import type { Masking } from "./masking.ts";
import type { TracedEvent } from "./trace.ts";
import type { TracedChange } from "./traced-change.ts";

/** Returns what an origin-request function changed of the origin, property by property. */
export function originChanges(
  { event, resultJson }: RecordedRun,
  masking: Masking,
): readonly TracedChange[] {
  if (resultJson === undefined) return [];
  const before = leavesOf(propertyOf(requestIn(masking.json(event) as TracedEvent), "origin"));
  const after = leavesOf(propertyOf(masking.json(resultJson), "origin"));
  // A result without an origin leaves it as it was.
  if (after.size === 0) return [];
  return [...new Set([...before.keys(), ...after.keys()])]
    .filter((name) => before.get(name) !== after.get(name))
    .map((name) => ({
      part: "origin",
      name,
      before: before.get(name),
      after: after.get(name),
    }));
}

function requestIn({ Records: [{ cf }] }: TracedEvent): unknown {
  return cf.request;
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? (value as Readonly<Record<string, unknown>>)[name]
    : undefined;
}

/** The texts and numbers in a value, by their way through it, as in `custom.domainName`. */
function leavesOf(value: unknown, way = ""): ReadonlyMap<string, string> {
  if (typeof value !== "object" || value === null) {
    return way === "" ? new Map() : new Map([[way, String(value)]]);
  }
  return new Map(
    Object.entries(value).flatMap(([name, item]) => [
      ...leavesOf(item, way === "" ? name : `${way}.${name}`),
    ]),
  );
}
