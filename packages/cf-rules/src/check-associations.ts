import type { EventType } from "cf-types";
import type { AssociationFinding } from "./association-finding.ts";

/** One function on one event type of a cache behavior. */
export interface AssociatedFunction {
  readonly kind: "lambda-edge" | "cloudfront-function";
  readonly eventType: EventType;
  /** How messages call the function. */
  readonly name: string;
}

/** What a cache behavior says of its functions. */
export interface BehaviorAssociations {
  /** How messages call the cache behavior: its property path, or its path pattern. */
  readonly name: string;
  readonly functions: readonly AssociatedFunction[];
  /** @default false */
  readonly isGrpcEnabled?: boolean;
}

/** Checks whether CloudFront would take the functions of a cache behavior together (LE-A-27, LE-A-29, LE-A-30). */
export function checkAssociations(behavior: BehaviorAssociations): readonly AssociationFinding[] {
  const { functions, isGrpcEnabled = false } = behavior;
  const edge = functions.filter(({ kind }) => kind === "lambda-edge");
  const ofCloudFront = functions.filter(({ kind }) => kind === "cloudfront-function");
  const findings: (AssociationFinding | undefined)[] = [
    ...doubledEventTypes(functions).map((eventType) =>
      refuse(
        behavior,
        "LE-A-29",
        `has several functions on ${eventType}: got ${names(functions.filter((one) => one.eventType === eventType))}`,
        "Keep one function on an event type.",
      ),
    ),
    ofCloudFront.some(isOnViewerEvent) && edge.some(isOnViewerEvent)
      ? refuse(
          behavior,
          "LE-A-30",
          `mixes CloudFront Functions and Lambda@Edge on viewer events: got ${names(functions.filter(isOnViewerEvent))}`,
          "Use one kind for both viewer events.",
        )
      : undefined,
    ...ofCloudFront
      .filter((one) => !isOnViewerEvent(one))
      .map(({ name, eventType }) =>
        refuse(
          behavior,
          "LE-A-30",
          `has the CloudFront Function ${JSON.stringify(name)} on ${eventType}`,
          "Use Lambda@Edge on origin events.",
        ),
      ),
    isGrpcEnabled && edge.length > 0
      ? refuse(
          behavior,
          "LE-A-27",
          `has gRPC and Lambda@Edge functions: got ${names(edge)}`,
          "Use CloudFront Functions or turn gRPC off.",
        )
      : undefined,
  ];
  return findings.filter((finding) => finding !== undefined);
}

function isOnViewerEvent({ eventType }: AssociatedFunction): boolean {
  return eventType.startsWith("viewer-");
}

function doubledEventTypes(functions: readonly AssociatedFunction[]): EventType[] {
  const eventTypes = functions.map(({ eventType }) => eventType);
  return [...new Set(eventTypes.filter((one, index) => eventTypes.indexOf(one) !== index))];
}

function names(functions: readonly AssociatedFunction[]): string {
  return functions.map(({ name }) => JSON.stringify(name)).join(", ");
}

function refuse(
  { name: subject }: BehaviorAssociations,
  factId: string,
  problem: string,
  remedy: string,
): AssociationFinding {
  return { factId, severity: "error", subject, problem, message: `${subject} ${problem}.`, remedy };
}
