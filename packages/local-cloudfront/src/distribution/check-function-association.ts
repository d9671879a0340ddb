import type { EventType } from "cf-types";
import type { TemplateProperty } from "../template/template-property.ts";
import type { StackResource } from "./assembly-resources.ts";
import type { Resolution } from "./resolution.ts";

const viewerEvents: readonly EventType[] = ["viewer-request", "viewer-response"];
const maxTimeoutSeconds = 30;
const maxEphemeralStorageMb = 512;
/** Enforced on viewer events by deployments that were seen, though no longer documented (LE-E-02). */
const viewerTimeoutSeconds = 5;
const viewerMemoryMb = 128;

/** A feature of Lambda that CloudFront refuses, and how a template asks for it. */
interface UnsupportedFeature {
  readonly property: (properties: TemplateProperty) => TemplateProperty;
  readonly isUsed: (property: TemplateProperty) => boolean;
  /** What an error shows instead of the value. */
  readonly show?: (property: TemplateProperty) => unknown;
  readonly problem: string;
  readonly remedy: string;
  readonly factId: string;
}

const isPresent = (property: TemplateProperty): boolean => property.isPresent;
const hasItems = (property: TemplateProperty): boolean => property.items().length > 0;

/**
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
const unsupportedFeatures: readonly UnsupportedFeature[] = [
  {
    property: (properties) => properties.property("Environment").property("Variables"),
    isUsed: (variables) => variables.names().length > 0,
    // Their values may be secret.
    show: (variables) => variables.names(),
    problem: "gives environment variables, which a function at the edge cannot have",
    remedy: "Ship the configuration in a file beside the code.",
    factId: "LE-F-12",
  },
  {
    property: (properties) => properties.property("Architectures"),
    isUsed: (architectures) => architectures.strings().includes("arm64"),
    problem: "asks for arm64, which CloudFront does not run",
    remedy: "Use x86_64.",
    factId: "LE-F-15",
  },
  {
    property: (properties) => properties.property("Layers"),
    isUsed: hasItems,
    problem: "adds layers, which a function at the edge cannot have",
    remedy: "Bundle what the function needs.",
    factId: "LE-E-08",
  },
  {
    property: (properties) => properties.property("VpcConfig"),
    isUsed: (vpc) =>
      vpc.property("SubnetIds").items().length + vpc.property("SecurityGroupIds").items().length >
      0,
    problem: "puts the function into a VPC, which CloudFront does not do",
    remedy: "Remove it.",
    factId: "LE-E-08",
  },
  {
    property: (properties) => properties.property("DeadLetterConfig"),
    isUsed: isPresent,
    problem: "sets a dead-letter queue, which a function at the edge cannot have",
    remedy: "Remove it.",
    factId: "LE-E-08",
  },
  {
    property: (properties) => properties.property("TracingConfig").property("Mode"),
    isUsed: (mode) => mode.optionalString() === "Active",
    problem: "turns on X-Ray, which a function at the edge cannot have",
    remedy: "Remove it.",
    factId: "LE-E-08",
  },
  {
    property: (properties) => properties.property("PackageType"),
    isUsed: (type) => type.optionalString() === "Image",
    problem: "packages the function as a container image, which CloudFront does not run",
    remedy: "Package it as a zip.",
    factId: "LE-E-08",
  },
  {
    property: (properties) => properties.property("EphemeralStorage").property("Size"),
    isUsed: (size) => size.number(maxEphemeralStorageMb) > maxEphemeralStorageMb,
    problem: `is above the ${maxEphemeralStorageMb} MB that a function at the edge can have`,
    remedy: "Remove it.",
    factId: "LE-E-08",
  },
  {
    property: (properties) => properties.property("KmsKeyArn"),
    isUsed: isPresent,
    problem: "names a key of one's own, which a function at the edge cannot have",
    remedy: "Remove it.",
    factId: "LE-E-08",
  },
  {
    property: (properties) =>
      properties.property("RuntimeManagementConfig").property("UpdateRuntimeOn"),
    isUsed: (mode) => (mode.optionalString() ?? "Auto") !== "Auto",
    problem: "must be Auto for a function at the edge",
    remedy: "Remove it.",
    factId: "LE-E-08",
  },
  {
    property: (properties) => properties.property("Timeout"),
    isUsed: (timeout) => timeout.number(0) > maxTimeoutSeconds,
    problem: `is above the ${maxTimeoutSeconds} seconds that CloudFront waits`,
    remedy: "Lower it.",
    factId: "LE-E-04",
  },
];

/**
 * Checks whether CloudFront would take a function on an event type.
 *
 * @throws {LocalCloudFrontError} when it would refuse the deployment.
 */
export function checkFunctionAssociation(
  lambda: StackResource,
  eventType: EventType,
  resolution: Resolution,
): void {
  const { properties } = lambda.resource;
  for (const { property, isUsed, show, problem, remedy, factId } of unsupportedFeatures) {
    const used = property(properties);
    if (isUsed(used)) throw used.error(problem, remedy, factId, show?.(used) ?? used.value());
  }
  checkTrustPolicy(lambda, resolution);
  if (viewerEvents.includes(eventType)) warnOfViewerLimits(properties, eventType, resolution);
}

function warnOfViewerLimits(
  properties: TemplateProperty,
  eventType: EventType,
  resolution: Resolution,
): void {
  const timeout = properties.property("Timeout");
  if (timeout.number(0) > viewerTimeoutSeconds) {
    resolution.warn(
      timeout.path,
      `${timeout.number(0)} s may be refused on ${eventType}: deployments were seen to fail above ${viewerTimeoutSeconds} s (LE-E-02).`,
    );
  }
  const memory = properties.property("MemorySize");
  if (memory.number(0) > viewerMemoryMb) {
    resolution.warn(
      memory.path,
      `${memory.number(0)} MB may be refused on ${eventType}: deployments were seen to fail above ${viewerMemoryMb} MB (LE-E-02).`,
    );
  }
}

/** A role that is not in the assembly cannot be looked at. */
function checkTrustPolicy({ stack, resource }: StackResource, resolution: Resolution): void {
  const roleArn = resource.properties.property("Role").optionalString();
  if (roleArn === undefined) return;
  const role = resolution.resources.find(stack, "AWS::IAM::Role", roleArn, "Arn");
  if (role === undefined) return;
  const policy = role.resource.properties.property("AssumeRolePolicyDocument");
  const trusted = policy
    .property("Statement")
    .oneOrMore()
    .filter((statement) => statement.property("Effect").optionalString() === "Allow")
    .flatMap((statement) => statement.property("Principal").property("Service").oneOrMore())
    .map((service) => service.string());
  for (const service of ["lambda.amazonaws.com", "edgelambda.amazonaws.com"]) {
    if (trusted.includes(service)) continue;
    throw policy
      .property("Statement")
      .error(
        `must let ${service} assume the role`,
        "A function at the edge needs a role that both lambda.amazonaws.com and edgelambda.amazonaws.com can assume.",
        service.startsWith("edge") ? "LE-F-09" : "LE-F-18",
      );
  }
}
