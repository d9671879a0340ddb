import { existsSync } from "node:fs";
import { join } from "node:path";
import type { AssemblyWarning } from "../assembly/cloud-assembly.ts";
import { isJsonObject, objectAt, type JsonObject } from "../value/json.ts";
import { expandApis } from "./expand-apis.ts";
import { mergeGlobals } from "./merge-globals.ts";
import { renameReferences } from "./rename-references.ts";

/** The macro that turns the resources of the AWS Serverless Application Model into others. */
export const samTransform = "AWS::Serverless-2016-10-31";

/** A template without resources of SAM. */
export interface ExpandedTemplate {
  readonly template: JsonObject;
  /** What SAM would make and is not made here. */
  readonly warnings: readonly AssemblyWarning[];
}

/**
 * Expands the resources of SAM as far as they matter at the edge: functions with their code, role,
 * published version, alias and URL, and the APIs in front of them. Other templates stay as they are.
 *
 * @param folder absolute: the template's, where `sam build` has its output.
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources.html
 */
export function expandSam(template: JsonObject, folder: string): ExpandedTemplate {
  const transforms: unknown = template["Transform"];
  const usesSam = Array.isArray(transforms)
    ? transforms.includes(samTransform)
    : transforms === samTransform;
  if (!usesSam) return { template, warnings: [] };
  const warnings: AssemblyWarning[] = [];
  const resources: Record<string, unknown> = {};
  const renamed = new Map<string, string>();
  for (const [logicalId, resource] of Object.entries(objectAt(template, "Resources"))) {
    const type = objectAt(resource)["Type"];
    if (typeof type !== "string" || !type.startsWith("AWS::Serverless::")) {
      resources[logicalId] = resource;
      continue;
    }
    const globals = objectAt(template, "Globals", type.slice("AWS::Serverless::".length));
    const input: SamResource = {
      logicalId,
      resource: objectAt(resource),
      properties: mergeGlobals(globals, objectAt(resource, "Properties")),
      folder,
    };
    const expanded = expanders.get(type)?.(input);
    if (expanded === undefined) {
      const message = `${type} is not read: the resources that SAM would make of it do not exist here.`;
      warnings.push({ subject: `Resources.${logicalId}`, message });
    }
    for (const [from, to] of Object.entries(expanded?.renamed ?? {})) renamed.set(from, to);
    Object.assign(resources, expanded?.resources ?? { [logicalId]: resource });
  }
  for (const api of expandApis(template)) {
    Object.assign(resources, api.resources);
    renamed.set(`${api.apiId}.Stage`, api.stageId);
  }
  const result = { ...template, Resources: resources };
  return { template: objectAt(renameReferences(result, renamed)), warnings };
}

interface SamResource {
  readonly logicalId: string;
  readonly resource: JsonObject;
  /** With those of `Globals`. */
  readonly properties: JsonObject;
  readonly folder: string;
}

interface Expansion {
  readonly resources: JsonObject;
  /** Logical ids by what SAM lets a template write for them, as in `Edge.Version`. */
  readonly renamed?: { readonly [name: string]: string };
}

const expanders = new Map<string, (input: SamResource) => Expansion>([
  ["AWS::Serverless::Function", expandFunction],
  // What they become depends on the events of functions as well: `expandApis` knows it.
  ["AWS::Serverless::HttpApi", () => ({ resources: {} })],
  ["AWS::Serverless::Api", () => ({ resources: {} })],
  ["AWS::Serverless::SimpleTable", retyped("AWS::DynamoDB::Table", {})],
  ["AWS::Serverless::LayerVersion", retyped("AWS::Lambda::LayerVersion", {})],
  ["AWS::Serverless::Application", expandApplication],
]);

function retyped(Type: string, added: JsonObject) {
  return ({ logicalId, resource, properties }: SamResource): Expansion => ({
    resources: { [logicalId]: { ...resource, Type, Properties: { ...properties, ...added } } },
  });
}

function expandApplication({ logicalId, resource, properties }: SamResource): Expansion {
  const { Location, Parameters } = properties;
  const nested = { TemplateURL: Location, ...(Parameters === undefined ? {} : { Parameters }) };
  const Type = "AWS::CloudFormation::Stack";
  return { resources: { [logicalId]: { ...resource, Type, Properties: nested } } };
}

/** The properties of a function of SAM that those of Lambda are called like. */
const sameProperties = [
  "Architectures",
  "Description",
  "Environment",
  "EphemeralStorage",
  "FunctionName",
  "Handler",
  "KmsKeyArn",
  "Layers",
  "LoggingConfig",
  "MemorySize",
  "PackageType",
  "ReservedConcurrentExecutions",
  "Runtime",
  "RuntimeManagementConfig",
  "SnapStart",
  "Timeout",
  "VpcConfig",
];

function expandFunction(input: SamResource): Expansion {
  const { logicalId, resource, properties } = input;
  const { Role, Tracing, DeadLetterQueue, AutoPublishAlias, FunctionUrlConfig } = properties;
  const roleId = `${logicalId}Role`;
  const { Condition, DependsOn, Metadata } = resource;
  const common = Condition === undefined ? {} : { Condition };
  const lambda = {
    ...common,
    ...(DependsOn === undefined ? {} : { DependsOn }),
    ...(Metadata === undefined ? {} : { Metadata }),
    Type: "AWS::Lambda::Function",
    Properties: {
      ...Object.fromEntries(
        sameProperties.flatMap((name) =>
          properties[name] === undefined ? [] : [[name, properties[name]]],
        ),
      ),
      Role: Role ?? { "Fn::GetAtt": [roleId, "Arn"] },
      Code: codeOf(input),
      ...(Tracing === undefined ? {} : { TracingConfig: { Mode: Tracing } }),
      ...(DeadLetterQueue === undefined ? {} : { DeadLetterConfig: DeadLetterQueue }),
    },
  };
  const role = { ...common, Type: "AWS::IAM::Role", Properties: roleProperties(properties) };
  const publishes = AutoPublishAlias !== undefined;
  const aliasId = `${logicalId}Alias${typeof AutoPublishAlias === "string" ? AutoPublishAlias : ""}`;
  const versionId = `${logicalId}Version`;
  return {
    resources: {
      [logicalId]: lambda,
      ...(Role === undefined ? { [roleId]: role } : {}),
      ...(publishes ? publishedVersion(input, versionId, aliasId, common) : {}),
      ...(isJsonObject(FunctionUrlConfig)
        ? functionUrl(logicalId, publishes ? aliasId : logicalId, FunctionUrlConfig, common)
        : {}),
    },
    renamed: publishes
      ? { [`${logicalId}.Version`]: versionId, [`${logicalId}.Alias`]: aliasId }
      : {},
  };
}

function publishedVersion(
  { logicalId, properties }: SamResource,
  versionId: string,
  aliasId: string,
  common: JsonObject,
): JsonObject {
  const { AutoPublishAlias: Name, ProvisionedConcurrencyConfig } = properties;
  const FunctionName = { Ref: logicalId };
  const concurrency =
    ProvisionedConcurrencyConfig === undefined ? {} : { ProvisionedConcurrencyConfig };
  const FunctionVersion = { "Fn::GetAtt": [versionId, "Version"] };
  return {
    [versionId]: { ...common, Type: "AWS::Lambda::Version", Properties: { FunctionName } },
    [aliasId]: {
      ...common,
      Type: "AWS::Lambda::Alias",
      Properties: { FunctionName, FunctionVersion, Name, ...concurrency },
    },
  };
}

/** SAM lets everybody call a URL that demands no signature. */
function functionUrl(
  logicalId: string,
  targetId: string,
  config: JsonObject,
  common: JsonObject,
): JsonObject {
  const target = { Ref: targetId };
  const Properties = { ...config, TargetFunctionArn: target };
  const url = { [`${logicalId}Url`]: { ...common, Type: "AWS::Lambda::Url", Properties } };
  if (config["AuthType"] !== "NONE") return url;
  const permission = (Action: string, condition: JsonObject) => ({
    ...common,
    Type: "AWS::Lambda::Permission",
    Properties: { FunctionName: target, Action, Principal: "*", ...condition },
  });
  return {
    ...url,
    [`${logicalId}UrlPublicPermissions`]: permission("lambda:InvokeFunctionUrl", {
      FunctionUrlAuthType: "NONE",
    }),
    [`${logicalId}URLInvokeAllowPublicAccess`]: permission("lambda:InvokeFunction", {
      InvokedViaFunctionUrl: true,
    }),
  };
}

/** SAM's own role trusts Lambda alone, which Lambda@Edge refuses. */
function roleProperties({ AssumeRolePolicyDocument }: JsonObject): JsonObject {
  const Statement = [
    {
      Effect: "Allow",
      Principal: { Service: ["lambda.amazonaws.com"] },
      Action: ["sts:AssumeRole"],
    },
  ];
  return {
    AssumeRolePolicyDocument: AssumeRolePolicyDocument ?? { Version: "2012-10-17", Statement },
  };
}

/** `CodeUri` is a path, an S3 URL or an object; what `sam build` has made comes before sources that need it. */
function codeOf({ logicalId, resource, properties, folder }: SamResource): unknown {
  const { InlineCode: ZipFile, CodeUri: uri, ImageUri } = properties;
  if (ZipFile !== undefined) return { ZipFile };
  if (ImageUri !== undefined) return { ImageUri };
  const built = join(folder, ".aws-sam", "build", logicalId);
  if (objectAt(resource, "Metadata")["BuildMethod"] !== undefined && existsSync(built)) {
    return built;
  }
  if (typeof uri === "string") {
    const [, S3Bucket, S3Key] = /^s3:\/\/([^/]+)\/(.+)$/.exec(uri) ?? [];
    return S3Key === undefined ? uri : { S3Bucket, S3Key };
  }
  const { Bucket, Key } = objectAt(uri);
  return Key === undefined ? (uri ?? ".") : { S3Bucket: Bucket, S3Key: Key };
}
