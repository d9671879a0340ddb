import type { EdgeFunctionMember } from "cf-types";

/** Returns what AWS's console shows of a function: its packages. No date, no commit: each change is a new version. */
export function describeMembers(members: readonly EdgeFunctionMember[]): string {
  return members.map(({ packageName, version }) => `${packageName} ${version}`).join(", ");
}
