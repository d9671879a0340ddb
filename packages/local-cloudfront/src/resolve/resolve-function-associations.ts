import { type AssociatedFunction, checkAssociations, eventTypes } from "cf-rules";
import type { EventType } from "cf-types";
import type { TemplateProperty } from "cloud-assembly";
import { checkFunctionAssociation, findingError } from "./check-function-association.ts";
import type { CacheBehavior } from "../distribution/distribution.ts";
import type { FunctionAssociation } from "../distribution/edge-functions.ts";
import type { CloudFrontFunctionAssociation } from "../distribution/cloudfront-functions.ts";
import { findEdgeFunction } from "./find-edge-function.ts";
import type { Resolution } from "./resolution.ts";
import { findCloudFrontFunction } from "./resolve-cloudfront-function.ts";
import { resolveEdgeFunction } from "./resolve-edge-function.ts";

/**
 * Resolves the functions of a cache behavior.
 *
 * @throws {CloudAssemblyError} when CloudFront would refuse them, or when they cannot run here:
 *   a page that a function protects is never served without it.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/edge-function-restrictions-all.html
 */
export function resolveFunctionAssociations(
  behavior: TemplateProperty,
  resolution: Resolution,
): Pick<CacheBehavior, "functionAssociations" | "cloudFrontFunctions"> {
  const lambdas = behavior.property("LambdaFunctionAssociations").items();
  const cloudFrontFunctions = behavior.property("FunctionAssociations").items();
  const functions = [
    ...lambdas.map((lambda) => associatedLambda(lambda, resolution)),
    ...cloudFrontFunctions.map(associatedCloudFrontFunction),
  ];
  const isGrpcEnabled = behavior.property("GrpcConfig").property("Enabled").boolean(false);
  const [finding] = checkAssociations({ name: behavior.path, functions, isGrpcEnabled });
  if (finding !== undefined) throw findingError(finding);
  return {
    functionAssociations: byEventType(
      lambdas.map((lambda) => resolveAssociation(lambda, eventTypeOf(lambda), resolution)),
    ),
    cloudFrontFunctions: byEventType(
      cloudFrontFunctions.map((one) => resolveCloudFrontAssociation(one, resolution)),
    ),
  };
}

/** Returns what looks for each function of a cache behavior, and throws where there is none. */
export function functionLookups(
  behavior: TemplateProperty,
  resolution: Resolution,
): readonly (() => unknown)[] {
  return [
    ...behavior
      .property("LambdaFunctionAssociations")
      .items()
      .map((one) => () => findEdgeFunction(one.property("LambdaFunctionARN"), resolution)),
    ...behavior
      .property("FunctionAssociations")
      .items()
      .map((one) => () => findCloudFrontFunction(one.property("FunctionARN"), resolution)),
  ];
}

function byEventType<Association extends { readonly eventType: string }>(
  associations: readonly Association[],
): Readonly<Record<string, Association>> {
  return Object.fromEntries(associations.map((each) => [each.eventType, each]));
}

function associatedLambda(
  association: TemplateProperty,
  resolution: Resolution,
): AssociatedFunction {
  const { lambda } = findEdgeFunction(association.property("LambdaFunctionARN"), resolution);
  const eventType = eventTypeOf(association);
  return { kind: "lambda-edge", eventType, name: lambda.logicalId };
}

function associatedCloudFrontFunction(association: TemplateProperty): AssociatedFunction {
  const name = association.property("FunctionARN").string().replace(/^.*\//, "");
  return { kind: "cloudfront-function", eventType: eventTypeOf(association), name };
}

function resolveCloudFrontAssociation(
  association: TemplateProperty,
  resolution: Resolution,
): CloudFrontFunctionAssociation {
  return {
    eventType: association.property("EventType").oneOf(["viewer-request", "viewer-response"]),
    edgeFunction: findCloudFrontFunction(association.property("FunctionARN"), resolution),
  };
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
  checkFunctionAssociation(version, eventType, resolution);
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
