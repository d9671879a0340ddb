import type { EdgeFunctionMember } from "cf-types";
import { isCloudFrontFunction, type AnyEdgeFunction } from "./cloudfront-functions.ts";

/** Returns what a function is called: its package where the artefact has a manifest, else its name at AWS. */
export function functionName(edgeFunction: AnyEdgeFunction): string {
  if (!isCloudFrontFunction(edgeFunction)) {
    return edgeFunction.manifest?.packageName ?? edgeFunction.name;
  }
  const names = edgeFunction.members?.map(({ packageName }) => packageName);
  return names?.join(" + ") ?? edgeFunction.name;
}

/**
 * Returns a function's version: its package's where the artefact has a manifest, else Lambda's number.
 * A CloudFront Function has none of its own: what is associated is its stage LIVE (FN-I-28).
 */
export function functionVersion(edgeFunction: AnyEdgeFunction): string {
  if (isCloudFrontFunction(edgeFunction)) {
    return edgeFunction.members?.map(({ version }) => version).join(" + ") ?? "LIVE";
  }
  return edgeFunction.manifest?.version ?? edgeFunction.version;
}

/** Returns the packages that a function is made of, with their versions; else its own name. */
export function functionPackages(edgeFunction: AnyEdgeFunction): string {
  const members = isCloudFrontFunction(edgeFunction)
    ? edgeFunction.members
    : edgeFunction.manifest?.members;
  const packages = members?.map(({ packageName, version }) => `${packageName} ${version}`);
  return (
    packages?.join(" and ") ??
    (isCloudFrontFunction(edgeFunction)
      ? edgeFunction.name
      : `${functionName(edgeFunction)} ${functionVersion(edgeFunction)}`)
  );
}

/** Returns the packages that a composed function consists of, in their order; none of a function of one package. */
export function membersOf(edgeFunction: AnyEdgeFunction): readonly EdgeFunctionMember[] {
  const members = isCloudFrontFunction(edgeFunction)
    ? edgeFunction.members
    : edgeFunction.manifest?.members;
  return members !== undefined && members.length > 1 ? members : [];
}
