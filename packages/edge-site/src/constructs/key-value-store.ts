import { createHash } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AssetHashType, CfnOutput, CfnParameter, Stack } from "aws-cdk-lib";
import { CfnKeyValueStore, ImportSource, KeyValueStore } from "aws-cdk-lib/aws-cloudfront";
import { Asset } from "aws-cdk-lib/aws-s3-assets";
import type { KeyValue } from "cf-types";
import type { Construct } from "constructs";
import { importSource } from "../artefact/cloudfront-function-asset.ts";
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
  const resource = store.node.defaultChild;
  if (!(resource instanceof CfnKeyValueStore)) {
    throw new Error("A KeyValueStore without a CfnKeyValueStore.");
  }
  new CfnOutput(scope, "StoreArn", { value: store.keyValueStoreArn }).overrideLogicalId(
    storeArnOutput(Stack.of(scope).getLogicalId(resource)),
  );
  return store;
}

/** The CDK copies an asset while it is made, so the file need not last any longer. */
function dataAsset(scope: Construct, content: string): Asset {
  const folder = mkdtempSync(join(tmpdir(), "key-value-store-"));
  try {
    const path = join(folder, "key-values.json");
    writeFileSync(path, content);
    const assetHash = createHash("sha256").update(content).digest("hex");
    return new Asset(scope, "Data", { path, assetHash, assetHashType: AssetHashType.CUSTOM });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
