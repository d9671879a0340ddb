import {
  type CloudFrontClient,
  DescribeFunctionCommand,
  GetFunctionCommand,
  PublishFunctionCommand,
  UpdateFunctionCommand,
} from "@aws-sdk/client-cloudfront";
import { type JsonObject, listAt, objectAt } from "cloud-assembly";
import { membersIn } from "../artefact/function-metadata.ts";
import { awsErrorName } from "../aws/aws-error.ts";
import { templateResources } from "../aws/template-resources.ts";

/** A CloudFront Function as a release was deployed with it. */
export interface ReleaseScript {
  /** In the account. */
  readonly name: string;
  readonly comment: string;
  readonly code: string;
  /** The names of the packages that it consists of. */
  readonly packageNames: readonly string[];
  /** Whether it reads a key value store. */
  readonly hasStore: boolean;
}

/** Returns the CloudFront Functions of a template. */
export function scriptsOf(template: JsonObject): readonly ReleaseScript[] {
  return templateResources(template, "AWS::CloudFront::Function").map(
    ({ properties, metadata }) => ({
      name: String(properties["Name"]),
      comment: String(objectAt(properties, "FunctionConfig")["Comment"] ?? ""),
      code: String(properties["FunctionCode"]),
      packageNames: membersIn(metadata).map(({ packageName }) => packageName),
      hasStore: listAt(properties, "FunctionConfig", "KeyValueStoreAssociations").length > 0,
    }),
  );
}

/**
 * Makes the published code of CloudFront Functions that of scripts, where it is another: all are stored, then all are
 * published, which takes seconds. Those that are gone stay so.
 *
 * @returns The scripts whose functions have changed.
 */
export async function publishScripts(
  scripts: readonly ReleaseScript[],
  cloudFront: CloudFrontClient,
): Promise<readonly ReleaseScript[]> {
  const stored: { readonly script: ReleaseScript; readonly version: string | undefined }[] = [];
  for (const script of scripts) {
    const live = await liveCode(script.name, cloudFront);
    if (live === undefined || live === script.code) continue;
    stored.push({ script, version: await store(script, cloudFront) });
  }
  for (const { script, version } of stored) {
    await cloudFront.send(new PublishFunctionCommand({ Name: script.name, IfMatch: version }));
  }
  return stored.map(({ script }) => script);
}

async function liveCode(Name: string, cloudFront: CloudFrontClient): Promise<string | undefined> {
  try {
    const { FunctionCode } = await cloudFront.send(new GetFunctionCommand({ Name, Stage: "LIVE" }));
    return new TextDecoder().decode(FunctionCode);
  } catch (error) {
    if (awsErrorName(error) === "NoSuchFunctionExists") return undefined;
    throw error;
  }
}

/** Its key value store stays associated. */
async function store(
  { name: Name, comment, code }: ReleaseScript,
  cloudFront: CloudFrontClient,
): Promise<string | undefined> {
  const before = await cloudFront.send(new DescribeFunctionCommand({ Name }));
  await cloudFront.send(
    new UpdateFunctionCommand({
      Name,
      IfMatch: before.ETag,
      FunctionConfig: {
        Runtime: "cloudfront-js-2.0",
        ...before.FunctionSummary?.FunctionConfig,
        Comment: comment,
      },
      FunctionCode: new TextEncoder().encode(code),
    }),
  );
  // The response to the update names its header otherwise than all others do.
  return (await cloudFront.send(new DescribeFunctionCommand({ Name }))).ETag;
}
