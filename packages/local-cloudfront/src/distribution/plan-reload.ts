import { isDeepStrictEqual } from "node:util";
import type { EventType } from "cf-types";
import {
  type AnyEdgeFunction,
  type AnyFunctionAssociation,
  associationsOf,
  isCloudFrontFunction,
} from "./cloudfront-functions.ts";
import type { Distribution } from "./distribution.ts";

/** A function whose code or settings have changed, and the event types that run it. */
export interface ChangedFunction {
  readonly edgeFunction: AnyEdgeFunction;
  readonly eventTypes: readonly EventType[];
}

/** What becomes of the cache when a distribution takes the place of another, and why. */
export interface ReloadPlan {
  /** In the order of the cache behaviors; empty where only the rest of the distribution changed. */
  readonly changedFunctions: readonly ChangedFunction[];
  readonly keepsCache: boolean;
  /** One clause without a full stop: the rule that decided about the cache. */
  readonly reason: string;
}

/**
 * Says what changes when a distribution is replaced. Cached objects stay where all that changed are
 * functions on viewer events, which run on each side of the cache and change nothing in it; anything
 * else may have had a part in what was cached.
 */
export function planReload(before: Distribution, after: Distribution): ReloadPlan {
  const changedFunctions = changesOf(functionsOf(before), functionsOf(after));
  if (!isDeepStrictEqual(withoutCode(before), withoutCode(after))) {
    const reason = "the distribution itself has changed";
    return { changedFunctions, keepsCache: false, reason };
  }
  if (changedFunctions.length === 0) {
    return { changedFunctions, keepsCache: true, reason: "nothing that it serves has changed" };
  }
  const onOrigin = changedFunctions
    .flatMap(({ eventTypes }) => eventTypes)
    .find((eventType) => eventType.startsWith("origin-"));
  return onOrigin === undefined
    ? { changedFunctions, keepsCache: true, reason: "viewer events change no cached object" }
    : { changedFunctions, keepsCache: false, reason: `${onOrigin} may change what is cached` };
}

function functionsOf({ cacheBehaviors }: Distribution): ReadonlyMap<string, ChangedFunction> {
  const found = new Map<string, ChangedFunction>();
  const associations = cacheBehaviors.flatMap(associationsOf);
  for (const { edgeFunction, eventType } of associations) {
    const known = found.get(edgeFunction.logicalId)?.eventTypes ?? [];
    found.set(edgeFunction.logicalId, {
      edgeFunction,
      eventTypes: [...new Set([...known, eventType])],
    });
  }
  return found;
}

function changesOf(
  before: ReadonlyMap<string, ChangedFunction>,
  after: ReadonlyMap<string, ChangedFunction>,
): ChangedFunction[] {
  return [...after.values()].filter((one) => {
    const previous = before.get(one.edgeFunction.logicalId);
    return !isDeepStrictEqual(
      previous && sameCode(previous.edgeFunction),
      sameCode(one.edgeFunction),
    );
  });
}

/** Where the code lies does not matter when it is known what it is. */
function sameCode(edgeFunction: AnyEdgeFunction): unknown {
  if (isCloudFrontFunction(edgeFunction)) return edgeFunction;
  const { code, version: _version, arn: _arn, ...rest } = edgeFunction;
  const content = code.kind === "inline" ? code.source : (code.contentSha256 ?? code.path);
  return { ...rest, content };
}

function withoutCode(distribution: Distribution): unknown {
  return {
    ...distribution,
    cacheBehaviors: distribution.cacheBehaviors.map((cacheBehavior) => ({
      ...cacheBehavior,
      functionAssociations: associationsOf(cacheBehavior).map(namedAssociation),
      cloudFrontFunctions: undefined,
    })),
  };
}

function namedAssociation({ edgeFunction, ...association }: AnyFunctionAssociation): unknown {
  return { ...association, logicalId: edgeFunction.logicalId };
}
