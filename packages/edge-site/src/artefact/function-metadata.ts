import { type JsonObject, objectAt } from "cloud-assembly";
import type { EdgeFunctionMember } from "cf-types";
import type { MemberDigest } from "./edge-function-asset.ts";

/** The function's metadata in the template, by which a deploy says why there will be a new version. */
export const functionMetadataKey = "cf-edge:function";

/** What a function was made of. All of it follows from its content: no time, no commit. */
export interface FunctionMetadata {
  readonly members: readonly MemberDigest[];
}

/** Returns the packages that the metadata of a function names; none where edge-site has not made the function. */
export function membersIn(metadata: JsonObject): readonly MemberDigest[] {
  const { members = [] }: Partial<FunctionMetadata> = objectAt(metadata, functionMetadataKey);
  return members;
}

/** As in `spa-rewrite 0.1.0, locale 0.1.0`. No date, no commit: each change is a new version of the function. */
export function describeMembers(members: readonly EdgeFunctionMember[]): string {
  return members.map(({ packageName, version }) => `${packageName} ${version}`).join(", ");
}
