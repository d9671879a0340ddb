import type { Stack } from "@aws-sdk/client-cloudformation";
import type { AwsClients } from "../aws/aws-clients.ts";
import { awsFailure } from "../aws/aws-error.ts";
import { releaseStoreOutput } from "../constructs/output-names.ts";
import { type Published, publishSite } from "../publish/publish-site.ts";
import { type AssembledRelease, describeRelease } from "../releases/assembled-release.ts";
import { readLiveRelease } from "../releases/live-release.ts";
import { describePruned } from "../releases/prune.ts";
import { deleteReleases, pruneReleases } from "../releases/prune-releases.ts";
import { type PublishedRelease, publishRelease } from "../releases/publish-release.ts";
import { publishScripts } from "../releases/release-scripts.ts";
import { switchRelease } from "../releases/switch-release.ts";
import type { DeployTarget } from "./deploy-target.ts";
import { progress } from "./progress.ts";
import { earlierBucketName, stackOutput, type StackOutputs } from "./read-stack-outputs.ts";

/** How the files of a site come to its viewers, around the deploy of its stack. */
export interface Publication {
  /** What can be done while the earlier deploy is served. */
  beforeStack(): Promise<void>;
  /**
   * What makes the files live.
   *
   * @returns The id of the invalidation, where one was needed.
   */
  publish(outputs: StackOutputs): Promise<string | undefined>;
  /** Once the site is live. */
  cleanUp(): Promise<void>;
}

/** A site, and the stack that there is. */
export interface SiteToPublish extends AssembledRelease {
  readonly target: DeployTarget;
  readonly clients: AwsClients;
  /** Undefined where there is none yet. */
  readonly earlier: Stack | undefined;
  /** URL paths, with wildcards, to invalidate whatever the site has changed. */
  readonly stalePaths: readonly string[];
}

/** Returns how a site is published: as a release, or over the files that there are. */
export function publicationOf(site: SiteToPublish): Publication {
  return site.hasReleases ? releasePublication(site) : filePublication(site);
}

/** A release is stored before the stack changes, so that only the switch remains: what fails earlier changes nothing. */
function releasePublication(site: SiteToPublish): Publication {
  const { release, functions, scripts, clients, earlier, stalePaths, target } = site;
  const earlierStore = stackOutput(earlier, releaseStoreOutput);
  const { name: stage } = target.stage;
  let live: string | undefined;
  let published: PublishedRelease | undefined;
  const store = async (bucketName: string): Promise<PublishedRelease> => {
    const say = progress.detail;
    const where = { ...clients, bucketName, live, functions, scripts, say };
    const done = await publishRelease(release, where);
    progress.detail(describeRelease(done));
    for (const key of done.reusedKeys) progress.detail(describeReused(key));
    return done;
  };
  let switched: Parameters<typeof pruneReleases>[0] | undefined;
  return {
    async beforeStack() {
      const bucketName = earlierBucketName(earlier);
      if (bucketName === undefined || earlierStore === undefined) return;
      progress.step("Release");
      live = await liveRelease(clients, earlierStore);
      published = await store(bucketName);
    },
    async publish({ BucketName: bucketName, DistributionId: distributionId, ReleaseStoreArn }) {
      const storeArn = ReleaseStoreArn ?? "";
      if (storeArn !== earlierStore) live = await liveRelease(clients, storeArn);
      else await publishRolledBack(site);
      const { record } = published ?? (await store(bucketName));
      switched = { ...clients, bucketName, storeArn };
      const where = { ...clients, bucketName, distributionId, storeArn };
      const invalidationId = await switchRelease(record, where, { from: live, stage, stalePaths });
      progress.detail(
        live === record.id
          ? `release ${record.id} is live already`
          : `release ${record.id} is live${live === undefined ? "" : `, ${live} was before: "npx edge-site rollback --stage ${stage}" goes back`}`,
      );
      if (invalidationId !== undefined) progress.detail(`invalidation ${invalidationId}`);
      return invalidationId;
    },
    async cleanUp() {
      const { releases } = target.config;
      if (switched === undefined || releases === false) return;
      const pruned = await pruneReleases(switched, releases);
      if (pruned.deletedCount > 0) progress.detail(describePruned(pruned));
    },
  };
}

/** CloudFormation does not know that a rollback has published the code of an earlier release. */
async function publishRolledBack({ allScripts, clients }: SiteToPublish): Promise<void> {
  try {
    const changed = await publishScripts(allScripts, clients.cloudFront);
    for (const { name } of changed) {
      progress.detail(`function ${name} was rolled back, and has the code of this deploy again`);
    }
  } catch (cause) {
    throw awsFailure("The functions that a rollback has changed are not published again", cause);
  }
}

async function liveRelease(clients: AwsClients, storeArn: string): Promise<string | undefined> {
  try {
    return await readLiveRelease({ ...clients, storeArn });
  } catch (cause) {
    throw awsFailure("The live release cannot be read, and nothing is deployed", cause);
  }
}

function filePublication({ plan, clients, earlier, stalePaths }: SiteToPublish): Publication {
  const hadReleases = stackOutput(earlier, releaseStoreOutput) !== undefined;
  let usedBucket: string | undefined;
  const put = async (bucketName: string, distributionId: string): Promise<Published> => {
    usedBucket = bucketName;
    const say = progress.detail;
    const where = { ...clients, say, bucketName, distributionId, stalePaths };
    const published = await publishSite(plan, where);
    progress.detail(describePublished(published));
    for (const key of published.reusedKeys) progress.detail(describeReused(key));
    return published;
  };
  return {
    async beforeStack() {
      const bucketName = earlierBucketName(earlier);
      const distributionId = stackOutput(earlier, "DistributionId");
      if (!hadReleases || bucketName === undefined || distributionId === undefined) return;
      // Without releases the files are looked for at the root of the bucket, from the moment on that the stack changes.
      progress.step("Site, without releases");
      await put(bucketName, distributionId);
    },
    async publish({ BucketName, DistributionId }) {
      return (await put(BucketName, DistributionId)).invalidationId;
    },
    async cleanUp() {
      if (!hadReleases || usedBucket === undefined) return;
      const deleted = await deleteReleases({ ...clients, bucketName: usedBucket });
      progress.detail(`releases are deleted: ${deleted} objects`);
    },
  };
}

function describePublished(published: Published): string {
  const { storedCount, unchangedCount, droppedCount, replacedCount, invalidationId } = published;
  return [
    `${storedCount} stored`,
    `${unchangedCount} unchanged`,
    ...(droppedCount > 0 ? [`${droppedCount} deleted`] : []),
    ...(replacedCount > 0 ? [`${replacedCount} kept for open tabs`] : []),
    invalidationId === undefined ? "nothing to invalidate" : `invalidation ${invalidationId}`,
  ].join(", ");
}

function describeReused(key: string): string {
  return `${key} has another content than before: its name has no hash, though it looks like one. It is invalidated and no longer cached for a year, but browsers that have it keep it: give it another name where that matters`;
}
