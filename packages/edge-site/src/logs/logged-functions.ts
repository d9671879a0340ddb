import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { type JsonObject, listAt, objectAt } from "cloud-assembly";
import { memberFolder } from "../artefact/composed-lambda.ts";
import { functionMetadataKey } from "../artefact/function-metadata.ts";
import type { StackResource } from "../aws/stack-resources.ts";
import { type SourceMapOf, sourceMapsIn } from "./mapped-stack.ts";

/** A deployed function whose logs are read. */
export interface LoggedFunction {
  readonly engine: "lambda-edge" | "cloudfront-function";
  /** As its service names it. */
  readonly physicalName: string;
  /** As in `spa-rewrite + locale`. */
  readonly name: string;
  readonly sourceMapOf: SourceMapOf;
}

const engines: Readonly<Record<string, LoggedFunction["engine"]>> = {
  "AWS::Lambda::Function": "lambda-edge",
  "AWS::CloudFront::Function": "cloudfront-function",
};

/**
 * Returns the functions of a deployed stack that this site has made.
 *
 * @param configFile Absolute path; source maps are those of the packages as that file imports them.
 */
export function loggedFunctions(
  template: JsonObject,
  resources: readonly StackResource[],
  configFile: string,
): readonly LoggedFunction[] {
  return resources.flatMap(({ logicalId, physicalId, type }) => {
    const engine = engines[type];
    const metadata = objectAt(template, "Resources", logicalId, "Metadata");
    const members = listAt(metadata, functionMetadataKey, "members").map((each) => objectAt(each));
    if (engine === undefined || members.length === 0) return [];
    return {
      engine,
      // CloudFormation names a CloudFront Function by its ARN.
      physicalName: physicalId.replace(/^arn:.*:function\//, ""),
      name: members.map(({ packageName }) => String(packageName)).join(" + "),
      sourceMapOf: sourceMapsIn(foldersOf(members, configFile)),
    };
  });
}

/** Of those packages alone whose code is the one that was deployed: other code has other places. */
function foldersOf(
  members: readonly JsonObject[],
  configFile: string,
): ReadonlyMap<string, string> {
  const folders = members.flatMap(({ packageName, codeSha256 }, index) => {
    const bundle = bundleOf(String(packageName), configFile);
    if (bundle === undefined || sha256Of(bundle) !== codeSha256) return [];
    return [[members.length > 1 ? memberFolder(index) : "", dirname(bundle)] as const];
  });
  return new Map(folders);
}

function bundleOf(packageName: string, configFile: string): string | undefined {
  try {
    return createRequire(configFile).resolve(`${packageName}/lambda`);
  } catch {
    return undefined;
  }
}

function sha256Of(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
