import { type JsonObject, listAt, objectAt } from "cloud-assembly";
import type { EdgeEngine } from "cf-types";
import type { MemberDigest } from "../artefact/edge-function-asset.ts";
import { functionMetadataKey } from "../artefact/function-metadata.ts";
import type { StackResource } from "./stack-resources.ts";

/** A function of a deployed stack. */
export interface FunctionResource {
  readonly logicalId: string;
  readonly engine: EdgeEngine;
  /** As its service names it. */
  readonly physicalName: string;
  readonly members: readonly MemberDigest[];
}

const engines: Readonly<Record<string, EdgeEngine>> = {
  "AWS::Lambda::Function": "lambda-edge",
  "AWS::CloudFront::Function": "cloudfront-function",
};

/** Returns the functions of a deployed stack that this site has made. */
export function functionResources(
  template: JsonObject,
  resources: readonly StackResource[],
): readonly FunctionResource[] {
  return resources.flatMap(({ logicalId, physicalId, type }) => {
    const engine = engines[type];
    const metadata = objectAt(template, "Resources", logicalId, "Metadata");
    const members = listAt(metadata, functionMetadataKey, "members").map((each) => {
      const { packageName, version, codeSha256, configSha256 } = objectAt(each);
      return {
        packageName: String(packageName),
        version: String(version),
        codeSha256: String(codeSha256),
        configSha256: String(configSha256),
      };
    });
    if (engine === undefined || members.length === 0) return [];
    // CloudFormation names a CloudFront Function by its ARN.
    const physicalName = physicalId.replace(/^arn:.*:function\//, "");
    return { logicalId, engine, physicalName, members };
  });
}
