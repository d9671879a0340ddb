import { type JsonObject, objectAt } from "cloud-assembly";
import type { EdgeEngine } from "cf-types";
import type { MemberDigest } from "../artefact/edge-function-asset.ts";
import { membersIn } from "../artefact/function-metadata.ts";
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
    const members = membersIn(objectAt(template, "Resources", logicalId, "Metadata"));
    if (engine === undefined || members.length === 0) return [];
    return { logicalId, engine, physicalName: functionNameOf(physicalId), members };
  });
}

/** CloudFormation names a CloudFront Function by its ARN. */
export function functionNameOf(physicalId: string): string {
  return physicalId.replace(/^arn:.*:function\//, "");
}
