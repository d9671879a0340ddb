import { isCloudFrontFunction, type AnyEdgeFunction } from "./cloudfront-functions.ts";

/** Returns what a function is called: its package where the artefact has a manifest, else its name at AWS. */
export function functionName(edgeFunction: AnyEdgeFunction): string {
  if (isCloudFrontFunction(edgeFunction)) return edgeFunction.name;
  return edgeFunction.manifest?.packageName ?? edgeFunction.name;
}

/** Returns the packages that a function is made of, with their versions; else its own name. */
export function functionPackages(edgeFunction: AnyEdgeFunction): string {
  if (!isCloudFrontFunction(edgeFunction)) {
    return `${functionName(edgeFunction)} ${functionVersion(edgeFunction)}`;
  }
  return edgeFunction.packages?.join(" and ") ?? edgeFunction.name;
}

/**
 * Returns a function's version: its package's where the artefact has a manifest, else Lambda's number.
 * A CloudFront Function has none: what is associated is its stage LIVE (FN-I-28).
 */
export function functionVersion(edgeFunction: AnyEdgeFunction): string {
  if (isCloudFrontFunction(edgeFunction)) return "LIVE";
  return edgeFunction.manifest?.version ?? edgeFunction.version;
}
