import type { StageOptions } from "../config/stage-of.ts";
import { progress } from "../deploy/progress.ts";
import { deployedReleases } from "./deployed-releases.ts";
import { describeBytes } from "./list-releases.ts";
import { type Pruned, pruneReleases, type PruneOptions } from "./prune-releases.ts";

/** Which releases stay. */
export interface PruneCommandOptions extends StageOptions, Partial<PruneOptions> {}

/**
 * Deletes releases of a stage that are not to be kept.
 *
 * @throws {EdgeSiteError} as `deployedReleases` and `pruneReleases`
 */
export async function prune({ keep, days, ...options }: PruneCommandOptions): Promise<void> {
  const { config, stage, target } = await deployedReleases(options);
  const { releases } = config;
  const limits = releases === false ? { keep: 10, days: 30 } : releases;
  progress.step(`Stage ${stage.name}: stack ${stage.stackName}`);
  const pruned = await pruneReleases(target, {
    keep: keep ?? limits.keep,
    days: days ?? limits.days,
  });
  progress.detail(describePruned(pruned));
}

/** Returns what pruning has done, as in `2 releases pruned: 14 objects, 1.2 MB`. */
export function describePruned({ releases, deletedCount, bytes }: Pruned): string {
  if (deletedCount === 0 && releases.length === 0) return "no release to prune";
  const count = releases.length === 1 ? "1 release" : `${releases.length} releases`;
  return `${count} pruned: ${deletedCount} objects, ${describeBytes(bytes)}`;
}
