import { reservedKeyPrefix } from "release-select";
import { EvaluatedAssembly, type JsonObject, objectAt, readCloudAssembly } from "cloud-assembly";
import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import { releaseStoreOutput } from "../constructs/output-names.ts";
import { type AssembledSite, assembledSite } from "../deploy/assembled-site.ts";
import type { DeployTarget } from "../deploy/deploy-target.ts";
import { deployedMembers } from "../deploy/function-changes.ts";
import { type PublishPlan, publishPlan } from "../publish/publish-plan.ts";
import { synthesizedDistribution } from "../synth-checks/synthesized-distribution.ts";
import { synthesizedStack } from "../synth/synthesized-stack.ts";
import { assembledStores } from "../key-values/assembled-stores.ts";
import type { PublishedRelease } from "./publish-release.ts";
import type { ReleaseRecord } from "./release-record.ts";
import { type ReleaseScript, scriptsOf } from "./release-scripts.ts";
import { type Release, releaseOf } from "./release.ts";

/** A site as its assembly says it is published. */
export interface AssembledRelease extends Pick<ReleaseRecord, "functions" | "scripts"> {
  readonly plan: PublishPlan;
  readonly release: Release;
  /** The CloudFront Functions of the stack. */
  readonly allScripts: readonly ReleaseScript[];
  /** Whether the stack selects a release. */
  readonly hasReleases: boolean;
}

/**
 * Returns what a stage's assembly publishes.
 *
 * @throws {EdgeSiteError} `SITE_NOT_BUILT`, `REFUSED_SITE_FILE`
 */
export function assembledRelease({
  config,
  stage,
  assemblyFolder,
}: DeployTarget): AssembledRelease {
  const stack = synthesizedStack(assemblyFolder, stage.stackName);
  const plan = planOf(config, assembledSite(stack));
  const { stacks } = readCloudAssembly(assemblyFolder);
  const { pathPatternOf, customErrorResponses } = synthesizedDistribution(
    new EvaluatedAssembly(stacks),
  );
  const { hashedAssetsPattern } = config;
  const errorPages = customErrorResponses.flatMap(
    ({ responsePagePath }) => responsePagePath?.slice(1) ?? [],
  );
  const allScripts = scriptsOf(stack.template);
  const storesHaveData = assembledStores(assemblyFolder, stage.stackName)
    .flatMap(({ keyValues }) => [...keyValues.keys()])
    .some((key) => !key.startsWith(reservedKeyPrefix));
  return {
    plan,
    allScripts,
    // What they read of a store is not rolled back with them.
    scripts: allScripts.filter(({ hasStore }) => !hasStore || !storesHaveData),
    release: releaseOf(plan, { hashedAssetsPattern, pathPatternOf, errorPages }),
    functions: deployedMembers(stack.template),
    hasReleases: hasReleaseStore(stack.template),
  };
}

/** Whether a template has the key value store of the live release. */
export function hasReleaseStore(template: JsonObject): boolean {
  return objectAt(template, "Outputs")[releaseStoreOutput] !== undefined;
}

function planOf(
  { hashedAssetsPattern }: ResolvedEdgeConfig,
  { folder, rules, contentTypes }: AssembledSite,
): PublishPlan {
  return publishPlan(folder, hashedAssetsPattern, rules, contentTypes);
}

/** Returns what publishing a release has done, as in `release 2f1c…: 3 stored, 12 copied, 4 unchanged`. */
export function describeRelease(published: PublishedRelease): string {
  const { record, storedCount, copiedCount, unchangedCount } = published;
  return `release ${record.id}: ${[
    `${storedCount} stored`,
    ...(copiedCount > 0 ? [`${copiedCount} copied from the live one`] : []),
    `${unchangedCount} unchanged`,
  ].join(", ")}`;
}
