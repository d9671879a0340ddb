import type { EdgeFunctionAsset, MemberDigest } from "./edge-function-asset.ts";

/** The function's metadata in the template, by which a deploy tells why there will be a new version. */
export const functionMetadataKey = "cf-edge:function";

/** What a function was made of. All of it follows from its content: no time, no commit. */
export interface FunctionMetadata {
  readonly members: readonly MemberDigest[];
}

/** Returns what a template says of the packages that a function is made of. */
export function functionMetadata({ members }: EdgeFunctionAsset): FunctionMetadata {
  return { members };
}
