import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { AssetHashType, CfnOutput, CfnParameter, Stack } from "aws-cdk-lib";
import { CfnKeyValueStore, ImportSource, KeyValueStore } from "aws-cdk-lib/aws-cloudfront";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import type { KeyValue } from "cf-types";
import type { Construct } from "constructs";
import { importSource } from "../artefact/cloudfront-function-asset.ts";
import { temporaryFolder } from "../temporary-folder.ts";
import { cfnResourceOf } from "./cfn-resource-of.ts";
import { nameInAccount } from "./name-in-account.ts";
import { storeArnOutput } from "./output-names.ts";

/**
 * Returns a key value store that imports its data from an asset when it is made.
 *
 * CloudFormation takes no other import source later, so that the asset's key is a parameter: an update keeps the
 * value that it had, and `deploy` writes into the store what has changed since.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-keyvaluestore.html
 */
export function keyValueStore(scope: Construct, keyValues: readonly KeyValue[]): KeyValueStore {
  const data = dataAsset(scope, importSource(keyValues));
  const key = new CfnParameter(scope, "ImportedData", {
    description: "What the key value store imports when it is made",
    default: data.s3ObjectKey,
  });
  const name = `${nameInAccount(scope).slice(0, 58)}-store`;
  const store = new KeyValueStore(scope, "Store", {
    keyValueStoreName: name,
    source: ImportSource.fromBucket(data.bucket, key.valueAsString),
  });
  const logicalId = Stack.of(scope).getLogicalId(cfnResourceOf(store, CfnKeyValueStore));
  new CfnOutput(scope, "StoreArn", { value: store.keyValueStoreArn }).overrideLogicalId(
    storeArnOutput(logicalId),
  );
  return store;
}

/** The CDK copies an asset while it is created, so the file need not last any longer. */
function dataAsset(scope: Construct, content: string): Asset {
  using folder = temporaryFolder();
  const path = join(folder.path, "key-values.json");
  writeFileSync(path, content);
  const assetHash = createHash("sha256").update(content).digest("hex");
  return new Asset(scope, "Data", { path, assetHash, assetHashType: AssetHashType.CUSTOM });
}
