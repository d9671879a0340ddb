import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { type JsonObject, valueAt } from "../value/json.ts";
import { blockOf, converted } from "./block-schema.ts";
import { referencesOf } from "./plan-references.ts";
import type { PlanResource, TerraformPlan } from "./terraform-plan.ts";

/** Where the code of functions is looked for. */
export interface CodePlaces {
  readonly plan: TerraformPlan;
  /** Absolute: where Terraform ran, which paths of a plan start at. */
  readonly folder: string;
}

/**
 * Returns the properties of a Lambda function as CloudFormation has them.
 *
 * @param values resolved.
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/lambda_function
 */
export function convertFunction(
  values: JsonObject,
  resource: PlanResource,
  places: CodePlaces,
): JsonObject {
  const environment = blockOf(values, "environment")["variables"];
  return {
    ...converted(values, {
      function_name: "FunctionName",
      description: "Description",
      handler: "Handler",
      runtime: "Runtime",
      role: "Role",
      memory_size: "MemorySize",
      timeout: "Timeout",
      architectures: "Architectures",
      layers: "Layers",
      package_type: "PackageType",
      kms_key_arn: "KmsKeyArn",
      ephemeral_storage: { to: "EphemeralStorage", one: { size: "Size" } },
      tracing_config: { to: "TracingConfig", one: { mode: "Mode" } },
      dead_letter_config: { to: "DeadLetterConfig", one: { target_arn: "TargetArn" } },
      vpc_config: {
        to: "VpcConfig",
        one: { subnet_ids: "SubnetIds", security_group_ids: "SecurityGroupIds" },
      },
      logging_config: {
        to: "LoggingConfig",
        one: { log_format: "LogFormat", log_group: "LogGroup" },
      },
    }),
    ...(environment === undefined ? {} : { Environment: { Variables: environment } }),
    ...reserved(values),
    Code: codeOf(values, resource, places),
  };
}

/** Terraform writes -1 where nothing is reserved. */
function reserved({ reserved_concurrent_executions: reservedExecutions }: JsonObject): JsonObject {
  return typeof reservedExecutions === "number" && reservedExecutions >= 0
    ? { ReservedConcurrentExecutions: reservedExecutions }
    : {};
}

/** The folder that `archive_file` makes the zip of comes first: it is what somebody works on. */
function codeOf(values: JsonObject, resource: PlanResource, places: CodePlaces): unknown {
  const { image_uri: ImageUri, s3_bucket: S3Bucket, s3_key: S3Key, filename } = values;
  if (ImageUri !== undefined) return { ImageUri };
  const archive = archiveOf(resource, filename, places.plan);
  const source = archive && sourceOf(archive, places.folder);
  if (source !== undefined) return source;
  if (typeof filename === "string") return resolve(places.folder, filename);
  return S3Key === undefined
    ? { S3Bucket: "unknown", S3Key: `${resource.name}.zip` }
    : { S3Bucket, S3Key };
}

function archiveOf(
  { expressions, module }: PlanResource,
  filename: unknown,
  plan: TerraformPlan,
): PlanResource | undefined {
  const isArchive = ({ type }: PlanResource): boolean => type === "archive_file";
  const references = referencesOf(expressions["filename"], module, plan);
  return (
    references.map((reference) => reference.resource).find(isArchive) ??
    plan.resources.find(
      (each) =>
        isArchive(each) && filename !== undefined && each.values["output_path"] === filename,
    )
  );
}

/** Returns undefined where neither the source nor the archive is on disk. */
function sourceOf({ values }: PlanResource, folder: string): string | undefined {
  const pathOf = (name: string): string | undefined => {
    const path = valueAt(values, name);
    const absolute = typeof path === "string" && path !== "" ? resolve(folder, path) : undefined;
    return absolute !== undefined && existsSync(absolute) ? absolute : undefined;
  };
  const file = pathOf("source_file");
  return pathOf("source_dir") ?? pathOf("output_path") ?? (file && dirname(file));
}
