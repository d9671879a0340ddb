import { relative } from "node:path";
import { AssetHashType, Aws, Duration, RemovalPolicy } from "aws-cdk-lib";
import { type EdgeLambda, LambdaEdgeEventType } from "aws-cdk-lib/aws-cloudfront";
import { PolicyDocument, PolicyStatement } from "aws-cdk-lib/aws-iam";
import {
  Architecture,
  CfnFunction,
  Code,
  Function,
  Runtime,
  RuntimeFamily,
} from "aws-cdk-lib/aws-lambda";
import type { EventType } from "cf-types";
import { Construct } from "constructs";
import { acknowledgeRules } from "./acknowledge-rules.ts";
import { type LambdaEdgeAsset, writeLambdaEdgeAsset } from "../artefact/edge-function-asset.ts";
import {
  describeMembers,
  type FunctionMetadata,
  functionMetadataKey,
} from "../artefact/function-metadata.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { cfnResourceOf } from "./cfn-resource-of.ts";
import { roleAndLogs } from "./role-and-logs.ts";

const lambdaEdgeEventTypes: Readonly<Record<EventType, LambdaEdgeEventType>> = {
  "viewer-request": LambdaEdgeEventType.VIEWER_REQUEST,
  "origin-request": LambdaEdgeEventType.ORIGIN_REQUEST,
  "origin-response": LambdaEdgeEventType.ORIGIN_RESPONSE,
  "viewer-response": LambdaEdgeEventType.VIEWER_RESPONSE,
};

/** The function's metadata in the template from which the local CloudFront learns of its source maps. */
const sourceMapsMetadataKey = "cf-edge:source-maps";

/** What an edge function is made of. */
export interface LambdaEdgeFunctionProps {
  readonly asset: LambdaEdgeAsset;
  /** Absolute: where the cloud assembly is read from. */
  readonly assemblyFolder: string;
  /**
   * As Lambda names it.
   * @default - the manifest's
   */
  readonly runtime?: string | undefined;
  /**
   * The name of the managed policy that bounds the function's role.
   * @default - none
   */
  readonly permissionsBoundary?: string | undefined;
}

/**
 * A Lambda@Edge function in one numbered version, made from what its artefact says of itself. It
 * belongs into a stack in us-east-1 (LE-E-11).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
export class LambdaEdgeFunction extends Construct {
  readonly eventType: EventType;
  /** As a cache behavior takes it. */
  readonly association: EdgeLambda;

  constructor(scope: Construct, id: string, props: LambdaEdgeFunctionProps) {
    super(scope, id);
    const { asset, runtime, assemblyFolder, permissionsBoundary } = props;
    const { manifest } = asset;
    using folder = temporaryFolder();
    writeLambdaEdgeAsset(asset, folder.path);
    const lambda = new Function(this, "Function", {
      // The CDK copies the folder while the function is created.
      code: Code.fromAsset(folder.path, {
        // The CDK remembers its own hash by a file's inode, size and time, and may miss an edit.
        assetHash: asset.sha256,
        assetHashType: AssetHashType.CUSTOM,
      }),
      // What is written here makes a new version when it changes: no date, no commit.
      description: describeMembers(asset.members),
      handler: manifest.handler,
      runtime: new Runtime(runtime ?? manifest.runtime, RuntimeFamily.NODEJS),
      // LE-E-22: the edge runs nothing else.
      architecture: Architecture.X86_64,
      memorySize: manifest.memoryMb,
      timeout: Duration.seconds(manifest.timeoutSeconds),
      // LE-F-07: the replicas of a version outlive the stack update that takes it away.
      currentVersionOptions: { removalPolicy: RemovalPolicy.RETAIN },
      ...roleAndLogs(this, {
        // LE-F-01: CloudFront refuses an association when the second one is missing (LE-F-09).
        services: ["lambda.amazonaws.com", "edgelambda.amazonaws.com"],
        policies: asset.permissions.length > 0 ? { Own: ownRights(asset.permissions) } : {},
        permissionsBoundary,
      }),
    });
    const resource = cfnResourceOf(lambda, CfnFunction);
    const metadata: FunctionMetadata = { members: asset.members };
    resource.addMetadata(functionMetadataKey, metadata);
    resource.addMetadata(sourceMapsMetadataKey, sourceMaps(asset, assemblyFolder));
    acknowledgeRules(this, {
      "AwsSolutions::AwsSolutions-L1":
        "The edge takes the runtimes of Node.js that AWS confirms there, whatever Lambda itself has already.",
    });
    this.eventType = manifest.eventType;
    this.association = {
      eventType: lambdaEdgeEventTypes[manifest.eventType],
      functionVersion: lambda.currentVersion,
      ...(manifest.includeBody && { includeBody: true }),
    };
  }
}

/** What the packages of a function ask of AWS with its role. */
function ownRights(permissions: LambdaEdgeAsset["permissions"]): PolicyDocument {
  return new PolicyDocument({
    statements: permissions.map(({ action, resource }) => {
      const [service = "", region = "", ...path] = resource.split(":");
      const arn = `arn:${Aws.PARTITION}:${service}:${region}:${Aws.ACCOUNT_ID}:${path.join(":")}`;
      return new PolicyStatement({ actions: [action], resources: [arn] });
    }),
  });
}

/** Where the source maps of the code lie, relative to the cloud assembly: `path`, or `paths` by folder of the code. */
function sourceMaps({ sourceMapFolders }: LambdaEdgeAsset, assemblyFolder: string): object {
  const paths = [...sourceMapFolders].map(([name, folder]) => [
    name,
    relative(assemblyFolder, folder),
  ]);
  const [[name, path] = []] = paths;
  return name === "" ? { path } : { paths: Object.fromEntries(paths) };
}
