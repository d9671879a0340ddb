import type { JsonObject } from "cloud-assembly";
import type { MemberDigest } from "../artefact/edge-function-asset.ts";
import type { ReleaseRecord } from "./release-record.ts";
import { scriptsOf } from "./release-scripts.ts";
import { deployedMembers, memberReasons } from "../deploy/function-changes.ts";

/**
 * Returns in which functions a site differs from what a release was deployed with, as in
 * `spa-rewrite 0.1.0: options changed`.
 *
 * @param template As deployed.
 * @param restored The names of packages that do not count, since a rollback publishes them again.
 */
export function memberChanges(
  members: readonly MemberDigest[],
  template: JsonObject,
  restored: ReadonlySet<string> = new Set(),
): readonly string[] {
  const isAsked = ({ packageName }: MemberDigest): boolean => !restored.has(packageName);
  const ofRelease = members.filter(isAsked);
  const deployed = deployedMembers(template).filter(isAsked);
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

/** Returns the names of packages whose functions a rollback to a release publishes as they were. */
export function restoredPackages(
  { scripts }: Pick<ReleaseRecord, "scripts">,
  template: JsonObject,
): ReadonlySet<string> {
  const names = new Set(scriptsOf(template).map(({ name }) => name));
  const found = scripts.filter(({ name }) => names.has(name));
  return new Set(found.flatMap(({ packageNames }) => packageNames));
}
