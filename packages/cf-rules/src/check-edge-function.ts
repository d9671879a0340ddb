import type { EventType } from "cf-types";
import type { AssociationFinding } from "./association-finding.ts";
import { checkRuntime } from "./check-runtime.ts";
import type { EdgeFunctionConfiguration } from "./edge-function-configuration.ts";
import { lambdaEdgeQuotas } from "./quotas.ts";
import type { LambdaEdgeQuotas } from "./quotas.ts";
import { lambdaEdgeRuntimes } from "./runtimes.ts";
import type { RuntimeDates } from "./runtimes.ts";

/** What a function is checked against. */
export interface EdgeFunctionRules {
  /** The day of the deployment, as in `2026-11-23`: runtimes age. */
  readonly today: string;
  /** @default lambdaEdgeQuotas */
  readonly quotas?: LambdaEdgeQuotas;
  /** @default lambdaEdgeRuntimes */
  readonly runtimes?: Readonly<Record<string, RuntimeDates>>;
}

interface Rule {
  readonly factId: string;
  readonly severity: AssociationFinding["severity"];
  /** The property of the function's resource. */
  readonly property: string;
  /** What is wrong, value included; undefined where nothing is. */
  readonly problem: (
    configuration: EdgeFunctionConfiguration,
    quotas: LambdaEdgeQuotas,
    isViewerEvent: boolean,
  ) => string | undefined;
  readonly remedy: string;
}

/** A feature that Lambda@Edge lacks: nothing may ask for it. */
const unsupported = (
  property: string,
  feature: string,
  asked: (configuration: EdgeFunctionConfiguration) => string | number | undefined,
  remedy = "Remove it.",
): Rule => ({
  factId: "LE-E-08",
  severity: "error",
  property,
  problem(configuration) {
    const value = asked(configuration);
    return value === undefined
      ? undefined
      : `asks for ${feature}, which Lambda@Edge lacks: got ${JSON.stringify(value)}`;
  },
  remedy,
});

const empty = (
  property: string,
  list: (configuration: EdgeFunctionConfiguration) => readonly string[] | undefined,
  remedy: string,
): Rule => ({
  factId: "LE-E-08",
  severity: "error",
  property,
  problem(configuration) {
    const found = list(configuration) ?? [];
    return found.length === 0
      ? undefined
      : `must be empty at the edge: got ${JSON.stringify(found)}`;
  },
  remedy,
});

const above = (
  factId: string,
  severity: AssociationFinding["severity"],
  property: string,
  value: (configuration: EdgeFunctionConfiguration) => number | undefined,
  limit: (quotas: LambdaEdgeQuotas, isViewerEvent: boolean) => number | undefined,
  remedy: string,
): Rule => ({
  factId,
  severity,
  property,
  problem(configuration, quotas, isViewerEvent) {
    const found = value(configuration);
    const max = limit(quotas, isViewerEvent);
    return found === undefined || max === undefined || found <= max
      ? undefined
      : `is too large: got ${found}, at most ${max} is allowed`;
  },
  remedy,
});

const below = (
  factId: string,
  property: string,
  value: (configuration: EdgeFunctionConfiguration) => number | undefined,
  min: number,
): Rule => ({
  factId,
  severity: "error",
  property,
  problem(configuration) {
    const found = value(configuration);
    return found === undefined || found >= min
      ? undefined
      : `is too small: got ${found}, at least ${min} is needed`;
  },
  remedy: "Raise it.",
});

// https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
// (read 2026-09-30)
const rules: readonly Rule[] = [
  {
    factId: "LE-E-11",
    severity: "error",
    property: "Region",
    problem: ({ region }) =>
      region === undefined || region === "us-east-1"
        ? undefined
        : `must be us-east-1: got ${JSON.stringify(region)}`,
    remedy: "Deploy the function's stack to us-east-1.",
  },
  {
    factId: "LE-E-12",
    severity: "error",
    property: "Version",
    problem: ({ version }) =>
      version === undefined || /^[1-9]\d*$/.test(version)
        ? undefined
        : `must be a published version's number: got ${JSON.stringify(version)}`,
    remedy: "Associate the ARN of an AWS::Lambda::Version.",
  },
  empty(
    "Environment.Variables",
    ({ environmentVariableNames }) => environmentVariableNames,
    "Put the configuration into a file of the function's package.",
  ),
  {
    factId: "LE-E-08",
    severity: "error",
    property: "Architectures",
    problem: ({ architectures = [] }) =>
      architectures.every((one) => one === "x86_64")
        ? undefined
        : `must be x86_64: got ${JSON.stringify(architectures)}`,
    remedy: "Leave it out or use x86_64.",
  },
  unsupported(
    "PackageType",
    "a container image",
    ({ packageType }) => (packageType === "Image" ? packageType : undefined),
    "Package it as a zip.",
  ),
  empty("Layers", ({ layers }) => layers, "Bundle what the function needs."),
  empty("VpcConfig", ({ vpcIds }) => vpcIds, "Remove it."),
  unsupported(
    "DeadLetterConfig.TargetArn",
    "a dead-letter queue",
    (one) => one.deadLetterTargetArn,
  ),
  unsupported("TracingConfig.Mode", "X-Ray", ({ tracingMode }) =>
    tracingMode === "Active" ? tracingMode : undefined,
  ),
  unsupported(
    "ProvisionedConcurrencyConfig",
    "provisioned concurrency",
    (one) => one.provisionedConcurrency,
  ),
  unsupported("Code.SourceKMSKeyArn", "a customer-managed key", (one) => one.codeKmsKeyArn),
  {
    factId: "LE-E-08",
    severity: "error",
    property: "RuntimeManagementConfig.UpdateRuntimeOn",
    problem: ({ updateRuntimeOn = "Auto" }) =>
      updateRuntimeOn === "Auto"
        ? undefined
        : `must be Auto at the edge: got ${JSON.stringify(updateRuntimeOn)}`,
    remedy: "Remove it.",
  },
  {
    ...unsupported(
      "Code.S3ObjectStorageMode",
      "code that stays in a bucket of one's own",
      ({ codeStorageMode }) => (codeStorageMode === "REFERENCE" ? codeStorageMode : undefined),
    ),
    factId: "LE-E-10",
  },
  {
    factId: "LE-E-09",
    severity: "warning",
    property: "ReservedConcurrentExecutions",
    problem: ({ reservedConcurrency }) =>
      reservedConcurrency === undefined
        ? undefined
        : `was listed as unsupported by Lambda@Edge and is no longer named: got ${reservedConcurrency}`,
    remedy: "Remove it: what it does at the edge is not documented.",
  },
  above(
    "LE-E-08",
    "error",
    "EphemeralStorage.Size",
    ({ ephemeralStorageMb }) => ephemeralStorageMb,
    (quotas) => quotas.ephemeralStorageMb,
    "Leave it out.",
  ),
  // https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html
  below("LE-E-04", "Timeout", ({ timeoutSeconds }) => timeoutSeconds, 1),
  below("LE-E-01", "MemorySize", ({ memoryMb }) => memoryMb, 128),
  above(
    "LE-E-04",
    "error",
    "Timeout",
    ({ timeoutSeconds }) => timeoutSeconds,
    (quotas) => quotas.function.timeoutSeconds,
    "Lower it, in seconds.",
  ),
  above(
    "LE-E-01",
    "error",
    "MemorySize",
    ({ memoryMb }) => memoryMb,
    (quotas) => quotas.function.memoryMb,
    "Lower it, in MB.",
  ),
  above(
    "LE-E-01",
    "error",
    "Code",
    ({ packageBytes }) => packageBytes,
    (quotas) => quotas.function.packageBytes,
    "Make the package smaller, in bytes when zipped.",
  ),
  ...(["Timeout", "MemorySize", "Code"] as const).map((property) => viewerLimit(property)),
  ...["lambda.amazonaws.com", "edgelambda.amazonaws.com"].map((service) => trustRule(service)),
];

/** What CloudFront was seen to refuse at viewer events, whatever its quota page says. */
function viewerLimit(property: "Timeout" | "MemorySize" | "Code"): Rule {
  const fields = {
    Timeout: "timeoutSeconds",
    MemorySize: "memoryMb",
    Code: "packageBytes",
  } as const;
  const field = fields[property];
  return above(
    "LE-E-02",
    "warning",
    property,
    (configuration) => configuration[field],
    (quotas, isViewerEvent) => (isViewerEvent ? quotas.observedViewerFunction[field] : undefined),
    "Stay within it: deployments to viewer events were seen to be refused above.",
  );
}

function trustRule(service: string): Rule {
  return {
    factId: service.startsWith("edge") ? "LE-F-09" : "LE-F-18",
    severity: "error",
    property: "Role",
    problem: ({ trustedServices }) =>
      trustedServices === undefined || trustedServices.includes(service)
        ? undefined
        : `cannot be assumed by ${service}: it trusts ${JSON.stringify(trustedServices)}`,
    remedy:
      "Let lambda.amazonaws.com and edgelambda.amazonaws.com assume the role (sts:AssumeRole).",
  };
}

/**
 * Checks whether CloudFront would take a function on an event type.
 *
 * @returns what it would refuse (errors) and what is better changed (warnings), in a fixed order
 */
export function checkEdgeFunction(
  configuration: EdgeFunctionConfiguration,
  eventType: EventType,
  { today, quotas = lambdaEdgeQuotas, runtimes = lambdaEdgeRuntimes }: EdgeFunctionRules,
): readonly AssociationFinding[] {
  const isViewerEvent = eventType.startsWith("viewer-");
  const findings: AssociationFinding[] = [];
  for (const { factId, severity, property, problem: check, remedy } of rules) {
    const problem = check(configuration, quotas, isViewerEvent);
    if (problem !== undefined) {
      const subject = `${configuration.name}.${property}`;
      const message = `${subject} ${problem}.`;
      findings.push({ factId, severity, subject, problem, message, remedy });
    }
  }
  return [...findings, ...checkRuntime(configuration, today, runtimes)];
}
