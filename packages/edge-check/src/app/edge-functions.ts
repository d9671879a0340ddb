import type { EventType } from "cf-types";
import type { EvaluatedAssembly } from "cloud-assembly";
import { cacheBehaviors, type CacheBehavior, type LambdaAssociation } from "./cache-behaviors.ts";
import type { NamedFunction } from "./find-function.ts";

/** A function on an event type, however many cache behaviors run it there. */
export interface EdgeFunctionUse {
  readonly function: NamedFunction;
  readonly eventType: EventType;
  /** Those that run it, with the association of each. */
  readonly places: readonly (LambdaAssociation & { readonly behavior: CacheBehavior })[];
}

/** Returns each function once for each event type that it runs on. */
export function edgeFunctions(app: EvaluatedAssembly): readonly EdgeFunctionUse[] {
  const uses = new Map<string, EdgeFunctionUse>();
  for (const behavior of cacheBehaviors(app)) {
    for (const association of behavior.lambdas) {
      const { function: named, eventType } = association;
      if (named === undefined) continue;
      const home = named.lambda ?? behavior.distribution;
      const key = [home.stack.id, named.name, named.qualifier, eventType].join(" ");
      const places = [...(uses.get(key)?.places ?? []), { ...association, behavior }];
      uses.set(key, { function: named, eventType, places });
    }
  }
  return [...uses.values()];
}
