import { eventTypes } from "cf-rules";
import { associationsOf } from "../distribution/cloudfront-functions.ts";
import { functionName, functionVersion } from "../distribution/function-name.ts";
import type { EventType } from "cf-types";
import type { Distribution } from "../distribution/distribution.ts";

/** A function on an event type, with the cache behaviors that have it there. */
export interface AssociatedFunction {
  readonly eventType: EventType;
  /** The package's name where the artefact says it, else the Lambda function's. */
  readonly name: string;
  /** The package's version, else the Lambda version number; a CloudFront Function is `LIVE`. */
  readonly version: string;
  /** As in `nodejs24.x` or `cloudfront-js-2.0`. */
  readonly runtime: string;
  readonly pathPatterns: readonly string[];
}

/** Lists the functions of a distribution in the order in which a request meets them. */
export function associatedFunctions(distribution: Distribution): AssociatedFunction[] {
  const found = new Map<string, AssociatedFunction>();
  for (const eventType of eventTypes) {
    for (const behavior of distribution.cacheBehaviors) {
      const association = associationsOf(behavior).find((one) => one.eventType === eventType);
      if (association === undefined) continue;
      const { edgeFunction } = association;
      const { pathPattern } = behavior;
      const key = `${eventType} ${edgeFunction.logicalId}`;
      const known = found.get(key);
      found.set(key, {
        eventType,
        name: functionName(edgeFunction),
        runtime: edgeFunction.runtime,
        version: functionVersion(edgeFunction),
        pathPatterns: [...(known?.pathPatterns ?? []), pathPattern],
      });
    }
  }
  return [...found.values()];
}
