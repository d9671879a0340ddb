import type { JsonObject } from "cloud-assembly";
import type { MemberDigest } from "../artefact/edge-function-asset.ts";
import { deployedMembers, memberReasons } from "../deploy/function-changes.ts";

/**
 * Returns in which functions a site differs from what a release was deployed with, as in
 * `spa-rewrite 0.1.0: options changed`.
 *
 * @param template As deployed.
 */
export function memberChanges(
  ofRelease: readonly MemberDigest[],
  template: JsonObject,
): readonly string[] {
  const deployed = deployedMembers(template);
  const find = (members: readonly MemberDigest[], { packageName }: MemberDigest) =>
    members.find((each) => each.packageName === packageName);
  const changed = ofRelease.flatMap((member) => {
    const now = find(deployed, member);
    const name = `${member.packageName} ${member.version}`;
    if (now === undefined) return [`${name}: removed`];
    const reasons = memberReasons(member, now);
    return reasons.length === 0 ? [] : [`${name}: ${reasons.join(", ")}`];
  });
  const added = deployed
    .filter((member) => find(ofRelease, member) === undefined)
    .map(({ packageName, version }) => `${packageName} ${version}: added`);
  return [...changed, ...added];
}
