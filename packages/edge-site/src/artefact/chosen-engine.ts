import type { EdgeEngine, EventType } from "cf-types";
import { EdgeSiteError } from "../edge-site-error.ts";
import type { FunctionPackage } from "./read-function-package.ts";

/** What the configuration says of a function's engine and event type. */
export interface EngineWish {
  /** As in `functions[0]`. */
  readonly subject: string;
  readonly packageName: string;
  /** Undefined where it is chosen. */
  readonly engine: EdgeEngine | undefined;
  /** Whether `engine` is that of the whole site, which only viewer events can follow. */
  readonly isForSite: boolean;
  /** Undefined where the package says. */
  readonly eventType: EventType | undefined;
  /** Why its options need Lambda@Edge; undefined where they do not. */
  readonly onlyLambdaEdge?: string | undefined;
}

/** Where a function runs, and why. */
export interface ChosenEngine {
  readonly engine: EdgeEngine;
  readonly eventType: EventType;
  /** Whether the other engine is out of the question. */
  readonly isFixed: boolean;
  /** As in `no origin event is one of CloudFront Functions`. */
  readonly reason: string;
}

const atViewerOnly = "CloudFront Functions run at viewer events only";

/**
 * Returns on which engine a function runs and at which event type: as the configuration says, else as a CloudFront
 * Function where the package has one for the event type.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG` when the package does not run there.
 */
export function chosenEngine(wish: EngineWish, functionPackage: FunctionPackage): ChosenEngine {
  const { lambdaEdge, cloudFrontFunction } = functionPackage;
  const wantsScript = wish.engine === "cloudfront-function" && !wish.isForSite;
  const [one, other] = [lambdaEdge?.manifest, cloudFrontFunction?.manifest];
  const manifest = wantsScript ? (other ?? one) : (one ?? other);
  const eventType = wish.eventType ?? manifest?.eventType ?? "viewer-request";
  refuseEventType(wish, eventType, functionPackage);
  const choice = { eventType, isFixed: true };
  const absent = absence(eventType, functionPackage) ?? wish.onlyLambdaEdge;
  if (wish.engine === "lambda-edge") {
    if (lambdaEdge === undefined) throw notBuiltFor(wish, "it has no artefact for Lambda@Edge");
    return { ...choice, engine: "lambda-edge", reason: "edge.config.ts says so" };
  }
  const followsSite = wish.isForSite && eventType.startsWith("origin-");
  if (wish.engine === "cloudfront-function" && !followsSite) {
    if (absent !== undefined) throw notBuiltFor(wish, absent);
    return { ...choice, engine: "cloudfront-function", reason: "edge.config.ts says so" };
  }
  if (absent !== undefined) return { ...choice, engine: "lambda-edge", reason: absent };
  const isOnlyScript = lambdaEdge === undefined;
  return {
    engine: "cloudfront-function",
    eventType,
    isFixed: isOnlyScript,
    reason: isOnlyScript
      ? "it has no artefact for Lambda@Edge"
      : "it needs neither network nor body, and costs a sixth there",
  };
}

/** Why a package is no CloudFront Function at an event type; undefined where it is. */
function absence(
  eventType: EventType,
  { lambdaEdge, cloudFrontFunction }: FunctionPackage,
): string | undefined {
  if (eventType.startsWith("origin-")) return `${atViewerOnly}, and it runs at ${eventType}`;
  if (lambdaEdge?.manifest.includeBody === true) {
    return "it needs the request's body, which CloudFront Functions do not see";
  }
  if (cloudFrontFunction === undefined) return "it has no artefact for CloudFront Functions";
  const { eventType: own, otherEventTypes = [] } = cloudFrontFunction.manifest;
  return [own, ...otherEventTypes].some((each) => each === eventType)
    ? undefined
    : `its artefact for CloudFront Functions runs at ${own}, not at ${eventType}`;
}

function refuseEventType(
  { subject, packageName }: EngineWish,
  eventType: EventType,
  { lambdaEdge, cloudFrontFunction }: FunctionPackage,
): void {
  const allowed = new Set<EventType>([
    ...(lambdaEdge ? [lambdaEdge.manifest.eventType] : []),
    ...(lambdaEdge?.manifest.otherEventTypes ?? []),
    ...(cloudFrontFunction ? [cloudFrontFunction.manifest.eventType] : []),
    ...(cloudFrontFunction?.manifest.otherEventTypes ?? []),
  ]);
  if (allowed.has(eventType)) return;
  throw new EdgeSiteError(
    "INVALID_CONFIG",
    `${subject} chooses an event type at which ${JSON.stringify(packageName)} does not run: got ${JSON.stringify(eventType)}. Allowed: ${[...allowed].map((each) => JSON.stringify(each)).join(", ")}.`,
  );
}

function notBuiltFor({ subject, packageName, engine }: EngineWish, reason: string): EdgeSiteError {
  return new EdgeSiteError(
    "INVALID_CONFIG",
    `${subject} cannot run ${JSON.stringify(packageName)} as its engine says: got ${JSON.stringify(engine)}, but ${reason}. Leave engine out, or choose the other one.`,
  );
}
