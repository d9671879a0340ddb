import type { RecordedCloudFrontFunctionRun } from "../cloudfront-function/function-run.ts";
import type { RecordedRun } from "../lambda-edge/function-runner.ts";
import type { Masking } from "./masking.ts";
import type { LambdaEdgeEvent } from "./trace.ts";
import type { TracedChange } from "./traced-change.ts";

/** Returns what an origin-request function changed of the origin, property by property. */
export function originChanges(
  { event, resultJson }: RecordedRun,
  masking: Masking,
): readonly TracedChange[] {
  if (resultJson === undefined) return [];
  const before = leavesOf(propertyOf(requestIn(masking.json(event) as LambdaEdgeEvent), "origin"));
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

/** Returns what a CloudFront Function asked for of the origin, setting by setting (FN-I-29). */
export function chosenOrigin(
  { originChange }: RecordedCloudFrontFunctionRun,
  masking: Masking,
): readonly TracedChange[] {
  const { kind: _kind, ...asked } = originChange ?? {};
  return [...leavesOf(masking.json(JSON.stringify(asked)))].map(([name, after]) => ({
    part: "origin",
    name,
    before: undefined,
    after,
  }));
}

function requestIn({ Records: [{ cf }] }: LambdaEdgeEvent): unknown {
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
