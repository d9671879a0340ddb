import type { EdgeFunctionMember } from "cf-types";
import type { CacheBehavior, Distribution } from "./distribution.ts";
import type { EdgeFunction, FunctionAssociation } from "./edge-functions.ts";

/** The runtimes of CloudFront Functions (FN-I-17). */
export const cloudFrontFunctionRuntimes = ["cloudfront-js-1.0", "cloudfront-js-2.0"] as const;

/** A key value store, and where its first keys come from (FN-I-31). */
export interface KeyValueStoreResource {
  /** As `--kvs` and `cloudfront.kvs()` call it. */
  readonly name: string;
  /** As `cf.kvs(id)` takes it: the last part of its ARN. */
  readonly id: string;
  readonly arn: string;
  /** Absolute path of the JSON file that it imports; undefined for a store that begins empty. */
  readonly importFile: string | undefined;
}

/** A CloudFront Function in its LIVE stage, as a distribution runs it. */
export interface CloudFrontFunctionResource {
  readonly kind: "cloudfront-function";
  /** The function's logical id in the template. */
  readonly logicalId: string;
  /** `Name`: unique in an account. */
  readonly name: string;
  readonly arn: string;
  readonly runtime: (typeof cloudFrontFunctionRuntimes)[number];
  /** As deployed. */
  readonly code: string;
  /** Absolute path of the file that the code was passed in; undefined for code of the template. */
  readonly codeFile: string | undefined;
  readonly keyValueStores: readonly KeyValueStoreResource[];
  /** The packages that it is made of, in their order; absent where the app names none. */
  readonly members?: readonly EdgeFunctionMember[];
}

/** One CloudFront Function on one of the two viewer events of a cache behavior (FN-I-02). */
export interface CloudFrontFunctionAssociation {
  readonly eventType: "viewer-request" | "viewer-response";
  readonly edgeFunction: CloudFrontFunctionResource;
}

/** An edge function of either kind. */
export type AnyEdgeFunction = EdgeFunction | CloudFrontFunctionResource;

/** An edge function of either kind on an event type of a cache behavior. */
export type AnyFunctionAssociation = FunctionAssociation | CloudFrontFunctionAssociation;

/** Returns the functions of a cache behavior, whatever their kind: at most one on an event type (LE-A-29). */
export function associationsOf(behavior: CacheBehavior): readonly AnyFunctionAssociation[] {
  return [
    ...Object.values(behavior.functionAssociations),
    ...Object.values(behavior.cloudFrontFunctions),
  ];
}

/** Returns the CloudFront Functions of a distribution, each once. */
export function cloudFrontFunctionsOf({
  cacheBehaviors,
}: Distribution): readonly CloudFrontFunctionResource[] {
  const associations = cacheBehaviors.flatMap((each) => Object.values(each.cloudFrontFunctions));
  return [...new Set(associations.map(({ edgeFunction }) => edgeFunction))];
}

/** Whether an edge function is a CloudFront Function. */
export function isCloudFrontFunction(
  edgeFunction: AnyEdgeFunction,
): edgeFunction is CloudFrontFunctionResource {
  return "kind" in edgeFunction;
}
