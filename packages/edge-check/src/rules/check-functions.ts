import { checkEdgeFunction, trustedServices, type EdgeFunctionConfiguration } from "cf-rules";
import { edgeFunctions, type EdgeFunctionUse } from "../app/edge-functions.ts";
import {
  type EvaluatedAssembly,
  isKnown,
  objectAt,
  type TemplateResource,
  valueAt,
} from "cloud-assembly";
import { functionCode } from "../app/function-code.ts";
import type { RuleHit } from "./rule-hit.ts";

/**
 * Finds what CloudFront would refuse of the functions themselves, by the checks that the local
 * CloudFront has too.
 *
 * @param today as in `2026-11-23`.
 */
export function checkFunctions(app: EvaluatedAssembly, today: string): readonly RuleHit[] {
  return edgeFunctions(app).flatMap((use) => {
    const { function: named, eventType, places } = use;
    const configuration = configurationOf(app, use);
    const findings = checkEdgeFunction(configuration, eventType, { today });
    return findings.flatMap(({ factId: ruleId, severity, subject, message, remedy }) => {
      const wrong = subject.slice(named.name.length + 1);
      const [place] = places;
      if (place === undefined) return [];
      const { resource, property } = placeIn(named, wrong) ?? {
        resource: place.behavior.distribution,
        property: `${place.property}.LambdaFunctionARN`,
      };
      return [{ ruleId, severity, message, remedy, resource, property }];
    });
  });
}

/** Where a property of a function is written; undefined where its association says it. */
function placeIn(
  { lambda, version }: EdgeFunctionUse["function"],
  wrong: string,
): Pick<RuleHit, "resource" | "property"> | undefined {
  const resource = wrong === "ProvisionedConcurrencyConfig" ? version : lambda;
  return resource === undefined || wrong === "Version"
    ? undefined
    : { resource, property: `Properties.${wrong}` };
}

function configurationOf(
  app: EvaluatedAssembly,
  { function: { name, lambda, qualifier, region, version } }: EdgeFunctionUse,
): EdgeFunctionConfiguration {
  const common = { name, region, version: qualifier };
  if (lambda === undefined) return common;
  const code = objectAt(lambda.values, "Code");
  return {
    ...common,
    runtime: lambda.knownText("Runtime"),
    timeoutSeconds: lambda.number("Timeout"),
    memoryMb: lambda.number("MemorySize"),
    packageBytes: functionCode(lambda)?.packageBytes,
    ephemeralStorageMb: lambda.number("EphemeralStorage", "Size"),
    packageType: lambda.knownText("PackageType") ?? (code["ImageUri"] ? "Image" : undefined),
    codeStorageMode: lambda.knownText("Code", "S3ObjectStorageMode"),
    codeKmsKeyArn: lambda.text("Code", "SourceKMSKeyArn"),
    architectures: lambda.texts("Architectures").filter(isKnown),
    // Their values may be secret.
    environmentVariableNames: Object.keys(objectAt(lambda.values, "Environment", "Variables")),
    layers: lambda.texts("Layers"),
    vpcIds: [
      ...lambda.texts("VpcConfig", "SubnetIds"),
      ...lambda.texts("VpcConfig", "SecurityGroupIds"),
    ],
    deadLetterTargetArn: lambda.text("DeadLetterConfig", "TargetArn"),
    tracingMode: lambda.knownText("TracingConfig", "Mode"),
    reservedConcurrency: lambda.number("ReservedConcurrentExecutions"),
    provisionedConcurrency: version?.number(
      "ProvisionedConcurrencyConfig",
      "ProvisionedConcurrentExecutions",
    ),
    updateRuntimeOn: lambda.knownText("RuntimeManagementConfig", "UpdateRuntimeOn"),
    trustedServices: servicesOfRole(app, lambda),
  };
}

/** A role that is not in the app cannot be looked at: checkRoles says so. */
function servicesOfRole(
  app: EvaluatedAssembly,
  lambda: TemplateResource,
): readonly string[] | undefined {
  const role = app.resourceIn(lambda.text("Role"), "AWS::IAM::Role");
  const policy = role && valueAt(role.values, "AssumeRolePolicyDocument");
  if (policy === undefined) return undefined;
  const services = trustedServices(policy);
  return services.every(isKnown) ? services : undefined;
}
