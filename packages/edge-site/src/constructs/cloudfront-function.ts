import {
  CfnFunction,
  Function,
  type FunctionAssociation,
  FunctionCode,
  FunctionEventType,
  FunctionRuntime,
  type KeyValueStore,
} from "aws-cdk-lib/aws-cloudfront";
import type { ViewerEventType } from "cf-types";
import { Construct } from "constructs";
import { nameInAccount } from "./name-in-account.ts";
import type { CloudFrontFunctionAsset } from "../artefact/cloudfront-function-asset.ts";
import {
  describeMembers,
  type FunctionMetadata,
  functionMetadataKey,
} from "../artefact/function-metadata.ts";
import { cfnResourceOf } from "./cfn-resource-of.ts";
import { keyValueStore } from "./key-value-store.ts";

const eventTypes: Readonly<Record<ViewerEventType, FunctionEventType>> = {
  "viewer-request": FunctionEventType.VIEWER_REQUEST,
  "viewer-response": FunctionEventType.VIEWER_RESPONSE,
};

/** What a CloudFront Function is made of. */
export interface CloudFrontFunctionProps {
  readonly asset: CloudFrontFunctionAsset;
  /**
   * A store that it shares with others.
   * @default - one of its own where some of its options are in a store
   */
  readonly store?: KeyValueStore | undefined;
}

/**
 * A CloudFront Function, published: its code is in the template.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-functions.html
 */
export class CloudFrontFunction extends Construct {
  /** As a cache behavior takes it. */
  readonly association: FunctionAssociation;
  readonly functionName: string;
  /** As in `spa-rewrite 0.1.0`. */
  readonly packages: string;

  constructor(scope: Construct, id: string, { asset, store }: CloudFrontFunctionProps) {
    super(scope, id);
    this.packages = describeMembers(asset.members);
    const ownOrShared = store ?? (asset.keyValues && keyValueStore(this, asset.keyValues));
    const script = new Function(this, "Function", {
      functionName: nameInAccount(this),
      comment: this.packages,
      code: FunctionCode.fromInline(asset.code),
      runtime: FunctionRuntime.JS_2_0,
      ...(ownOrShared && { keyValueStore: ownOrShared }),
    });
    const metadata: FunctionMetadata = { members: asset.members };
    cfnResourceOf(script, CfnFunction).addMetadata(functionMetadataKey, metadata);
    this.functionName = script.functionName;
    this.association = { eventType: eventTypes[asset.eventType], function: script };
  }
}
