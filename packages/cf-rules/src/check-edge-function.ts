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

const unsupported = (
  property: string,
  feature: string,
  isUsed: (configuration: EdgeFunctionConfiguration) => boolean | undefined,
  severity: AssociationFinding["severity"] = "error",
  factId = "LE-E-08",
): Rule => ({
  factId,
  severity,
  property,
  problem: (configuration) =>
    isUsed(configuration) === true ? `asks for ${feature}, which Lambda@Edge lacks` : undefined,
  remedy: "Remove it.",
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
  {
    factId: "LE-E-08",
    severity: "error",
    property: "Environment.Variables",
    problem: ({ environmentVariableNames: names = [] }) =>
      names.length === 0 ? undefined : `must be empty: got ${JSON.stringify(names)}`,
    remedy: "Put the configuration into a file of the function's package.",
  },
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
  unsupported("PackageType", "a container image", ({ packageType }) => packageType === "Image"),
  unsupported("Layers", "layers", ({ layerCount = 0 }) => layerCount > 0),
  unsupported("VpcConfig", "a VPC", ({ hasVpc }) => hasVpc),
  unsupported("DeadLetterConfig", "a dead-letter queue", (one) => one.hasDeadLetterQueue),
  unsupported("TracingConfig", "X-Ray", ({ hasActiveTracing }) => hasActiveTracing),
  unsupported(
    "ProvisionedConcurrencyConfig",
    "provisioned concurrency",
    (one) => one.hasProvisionedConcurrency,
  ),
  unsupported("KmsKeyArn", "a customer-managed key", (one) => one.hasCustomerManagedKey),
  unsupported(
    "RuntimeManagementConfig",
    "another runtime management than Auto",
    ({ updateRuntimeOn = "Auto" }) => updateRuntimeOn !== "Auto",
  ),
  unsupported(
    "ReservedConcurrentExecutions",
    "reserved concurrency",
    (one) => one.hasReservedConcurrency,
    "warning",
    "LE-E-09",
  ),
  above(
    "LE-E-08",
    "error",
    "EphemeralStorage.Size",
    ({ ephemeralStorageMb }) => ephemeralStorageMb,
    (quotas) => quotas.ephemeralStorageMb,
    "Leave it out.",
  ),
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
  for (const { factId, severity, property, problem, remedy } of rules) {
    const found = problem(configuration, quotas, isViewerEvent);
    if (found !== undefined) {
      const subject = `${configuration.name}.${property}`;
      findings.push({ factId, severity, subject, message: `${subject} ${found}.`, remedy });
    }
  }
  return [...findings, ...checkRuntime(configuration, today, runtimes)];
}
