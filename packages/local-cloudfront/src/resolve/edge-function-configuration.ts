import { type EdgeFunctionConfiguration, trustedServices } from "cf-rules";
import { packageBytes, type TemplateProperty, tryResolve } from "cloud-assembly";
import type { FunctionCode } from "../distribution/edge-functions.ts";
import type { FunctionVersion } from "./find-edge-function.ts";
import type { Resolution } from "./resolution.ts";
import { resolveFunctionCode } from "./resolve-function-code.ts";

/**
 * Reads from the template what CloudFront looks at when a function is associated.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-lambda-function.html
 */
export function edgeFunctionConfiguration(
  version: FunctionVersion,
  resolution: Resolution,
): EdgeFunctionConfiguration {
  const { logicalId, properties } = version.lambda;
  const vpc = properties.property("VpcConfig");
  const code = properties.property("Code");
  return {
    name: logicalId,
    version: version.version,
    runtime: properties.property("Runtime").optionalKnownString(),
    timeoutSeconds: properties.property("Timeout").number(undefined),
    memoryMb: properties.property("MemorySize").number(undefined),
    packageBytes: codeBytes(resolveFunctionCode(version.lambda, resolution.functionCodes)),
    ephemeralStorageMb: properties.property("EphemeralStorage").property("Size").number(undefined),
    packageType: properties.property("PackageType").optionalKnownString(),
    codeStorageMode: memberOf(code, "S3ObjectStorageMode"),
    codeKmsKeyArn: memberOf(code, "SourceKMSKeyArn"),
    architectures: properties.property("Architectures").knownStrings(),
    // Their values may be secret.
    environmentVariableNames: properties.property("Environment").property("Variables").names(),
    layers: properties.property("Layers").strings(),
    vpcIds: ["SubnetIds", "SecurityGroupIds"].flatMap((name) => vpc.property(name).strings()),
    deadLetterTargetArn: properties
      .property("DeadLetterConfig")
      .property("TargetArn")
      .optionalString(),
    tracingMode: properties.property("TracingConfig").property("Mode").optionalKnownString(),
    reservedConcurrency: properties.property("ReservedConcurrentExecutions").number(undefined),
    provisionedConcurrency: provisionedConcurrency(version, resolution),
    updateRuntimeOn: properties
      .property("RuntimeManagementConfig")
      .property("UpdateRuntimeOn")
      .optionalKnownString(),
    trustedServices: servicesOfRole(version, resolution),
  };
}

/** The code of a function may be a path alone, as SAM writes it. */
function memberOf(code: TemplateProperty, name: string): string | undefined {
  return typeof code.value() === "string" ? undefined : code.property(name).optionalKnownString();
}

function codeBytes(code: FunctionCode): number | undefined {
  return code.kind === "inline" ? undefined : packageBytes(code.path);
}

function provisionedConcurrency(
  { arn }: FunctionVersion,
  { resources, stack }: Resolution,
): number | undefined {
  return resources
    .find(stack, "AWS::Lambda::Version", arn)
    ?.properties.property("ProvisionedConcurrencyConfig")
    .property("ProvisionedConcurrentExecutions")
    .number(undefined);
}

/** A role that is not in the assembly cannot be looked at. */
function servicesOfRole(
  { lambda: { stack, properties } }: FunctionVersion,
  { resources }: Resolution,
): readonly string[] | undefined {
  const roleArn = properties.property("Role").optionalString();
  if (roleArn === undefined) return undefined;
  const role = resources.find(stack, "AWS::IAM::Role", roleArn, "Arn");
  if (role === undefined) return undefined;
  const policy = role.properties.property("AssumeRolePolicyDocument");
  const document = tryResolve(() => policy.value());
  return document === undefined ? undefined : trustedServices(document);
}
