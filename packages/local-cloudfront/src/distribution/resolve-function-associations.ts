import type { EventType } from "cf-types";
import type { TemplateProperty } from "../template/template-property.ts";
import { checkFunctionAssociation } from "./check-function-association.ts";
import type { CacheBehavior } from "./distribution.ts";
import type { FunctionAssociation } from "./edge-functions.ts";
import { findEdgeFunction } from "./find-edge-function.ts";
import type { Resolution } from "./resolution.ts";
import { resolveEdgeFunction } from "./resolve-edge-function.ts";

const eventTypes: readonly EventType[] = [
  "viewer-request",
  "origin-request",
  "origin-response",
  "viewer-response",
];

/**
 * Resolves the functions of a cache behavior.
 *
 * @throws {LocalCloudFrontError} when CloudFront would refuse them, or when they cannot run here:
 *   a page that a function protects is never served without it.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
 */
export function resolveFunctionAssociations(
  behavior: TemplateProperty,
  resolution: Resolution,
): CacheBehavior["functionAssociations"] {
  const lambdas = behavior.property("LambdaFunctionAssociations").items();
  refuseCloudFrontFunctions(behavior, lambdas.map(eventTypeOf));
  const associations: { [Type in EventType]?: FunctionAssociation } = {};
  for (const lambda of lambdas) {
    const eventType = eventTypeOf(lambda);
    if (associations[eventType] !== undefined) {
      throw lambda
        .property("EventType")
        .error(
          "is taken by another function of the same cache behavior",
          "CloudFront runs one function per event type: merge the two, or move one.",
          "LE-A-29",
        );
    }
    associations[eventType] = resolveAssociation(lambda, eventType, resolution);
  }
  return associations;
}

function eventTypeOf(association: TemplateProperty): EventType {
  return association.property("EventType").oneOf(eventTypes);
}

function resolveAssociation(
  association: TemplateProperty,
  eventType: EventType,
  resolution: Resolution,
): FunctionAssociation {
  const version = findEdgeFunction(association.property("LambdaFunctionARN"), resolution);
  checkFunctionAssociation(version.lambda, eventType, resolution);
  const includeBody = association.property("IncludeBody");
  if (includeBody.boolean(false) && eventType.endsWith("-response")) {
    throw includeBody.error(
      `has no meaning on ${eventType}`,
      "Only request events carry a body: remove it.",
      "LE-B-20",
    );
  }
  return {
    eventType,
    includeBody: includeBody.boolean(false),
    edgeFunction: resolveEdgeFunction(version, resolution),
  };
}

function refuseCloudFrontFunctions(
  behavior: TemplateProperty,
  lambdaEventTypes: readonly EventType[],
): void {
  for (const association of behavior.property("FunctionAssociations").items()) {
    const eventType = association.property("EventType");
    if (eventTypeOf(association).startsWith("origin-")) {
      throw eventType.error(
        "is no event type of a CloudFront Function",
        "Use viewer-request or viewer-response, or make it a Lambda@Edge function.",
        "LE-A-30",
      );
    }
    if (lambdaEventTypes.some((type) => type.startsWith("viewer-"))) {
      throw eventType.error(
        "mixes a CloudFront Function with Lambda@Edge on viewer events",
        "CloudFront refuses that in one cache behavior: use one kind for both viewer events.",
        "LE-A-30",
      );
    }
    throw eventType.error(
      "is that of a CloudFront Function, which the local CloudFront does not run yet",
      "Make it a Lambda@Edge function, or take it out of the template that you run.",
    );
  }
}
