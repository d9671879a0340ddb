import { awsFailure } from "../aws/aws-error.ts";
import type { StageOptions } from "../config/stage-of.ts";
import { progress } from "../deploy/progress.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import type { Bucket } from "../publish/bucket.ts";
import { storedObjects } from "../publish/stored-objects.ts";
import { type DeployedReleases, deployedReleases } from "./deployed-releases.ts";
import { readLiveRelease } from "./live-release.ts";
import { memberChanges, restoredPackages } from "./member-changes.ts";
import { releaseFolder } from "./release-layout.ts";
import { readRecords, type ReleaseFile, type ReleaseRecord } from "./release-record.ts";
import { publishScripts, type ReleaseScript } from "./release-scripts.ts";
import { switchRelease } from "./switch-release.ts";

/** To which release. */
export interface RollbackOptions extends StageOptions {
  /**
   * Its id, or what it begins with.
   * @default - the one that was live before the live one was deployed
   */
  readonly release?: string | undefined;
}

/**
 * Switches to another release that is in the bucket still, without CloudFormation: CloudFront Functions get the code that
 * the release was deployed with, and one write makes its files live. Lambda@Edge functions stay as they are deployed, as
 * do those that keep options in a key value store, and what differs of them is reported.
 *
 * @throws {EdgeSiteError} `UNKNOWN_RELEASE`, as `deployedReleases` and `switchRelease`, or as `awsFailure`
 */
export async function rollback({ release, ...options }: RollbackOptions): Promise<void> {
  const deployed = await deployedReleases(options);
  const { stage, target, url } = deployed;
  progress.step(`Stage ${stage.name}: stack ${stage.stackName}`);
  const { live, record } = await asked(deployed, release);
  if (record.id === live) {
    progress.detail(`release ${record.id} is live already`);
    return;
  }
  const restored = await restoreFunctions(record, deployed);
  for (const { comment } of restored) progress.detail(`${comment}: published again`);
  describeFunctions(record, deployed);
  const invalidationId = await switchRelease(record, target, { from: live, stage: stage.name });
  progress.detail(`release ${record.id} is live, ${live ?? "none"} was before`);
  if (invalidationId !== undefined) {
    progress.detail(`invalidation ${invalidationId} for what lies outside of releases`);
  }
  progress.detail("edge locations learn of it in some seconds");
  process.stdout.write(`\n${url}\n`);
}

/** The release that is asked for, with all of its files. */
async function asked(
  { target, stage }: DeployedReleases,
  release: string | undefined,
): Promise<{ readonly live: string | undefined; readonly record: ReleaseRecord }> {
  try {
    const live = await readLiveRelease(target);
    const records = await readRecords(target);
    const record =
      release === undefined
        ? previousOf(live, records, stage.name)
        : named(release, records, stage.name);
    await refuseIncomplete(record, target);
    return { live, record };
  } catch (cause) {
    throw awsFailure("The releases cannot be read, and the live one stays", cause);
  }
}

function previousOf(
  live: string | undefined,
  records: readonly ReleaseRecord[],
  stageName: string,
): ReleaseRecord {
  const previous = records.find(({ id }) => id === live)?.previous;
  const record = records.find(({ id }) => id === previous);
  if (record !== undefined) return record;
  throw new EdgeSiteError(
    "UNKNOWN_RELEASE",
    `There is no release before the live one to roll back to: got ${previous ?? "none"} before ${live ?? "none"}. Name another one of "npx edge-site releases --stage ${stageName}".`,
  );
}

function named(
  release: string,
  records: readonly ReleaseRecord[],
  stageName: string,
): ReleaseRecord {
  const found = records.filter(({ id }) => id.startsWith(release));
  const [record] = found;
  if (record !== undefined && found.length === 1) return record;
  const problem =
    record === undefined ? "There is no release" : `There are ${found.length} releases`;
  throw new EdgeSiteError(
    "UNKNOWN_RELEASE",
    `${problem} of that id in stage ${JSON.stringify(stageName)}: got ${JSON.stringify(release)}. "npx edge-site releases --stage ${stageName}" lists them.`,
  );
}

async function refuseIncomplete(record: ReleaseRecord, bucket: Bucket): Promise<void> {
  const stored = await storedObjects(bucket);
  const keyOf = ({ key, place }: ReleaseFile): string =>
    place === "shared" ? key : `${releaseFolder(record.id)}${key}`;
  // A file of a release's folder may be a copy, whose ETag is another one.
  const missing = record.files.filter((file) => {
    const found = stored.get(keyOf(file));
    return found === undefined || (file.place === "shared" && found.etag !== file.etag);
  });
  const [first] = missing;
  if (first === undefined) return;
  throw new EdgeSiteError(
    "UNKNOWN_RELEASE",
    `Release ${record.id} is not whole any more, and the live one stays: ${missing.length} of its ${record.files.length} files are gone or have another content, as ${JSON.stringify(first.key)}. Build ${record.commit === undefined ? "it" : `commit ${record.commit}`} and deploy it again.`,
  );
}

/** Before the switch: pages may need the policy of their own release. */
async function restoreFunctions(
  { id, scripts }: ReleaseRecord,
  { target }: DeployedReleases,
): Promise<readonly ReleaseScript[]> {
  try {
    return await publishScripts(scripts, target.cloudFront);
  } catch (cause) {
    throw awsFailure(
      `The functions of release ${id} are not published, and the live release stays`,
      cause,
    );
  }
}

function describeFunctions(record: ReleaseRecord, { template }: DeployedReleases): void {
  const { functions, commit } = record;
  const changes = memberChanges(functions, template, restoredPackages(record, template));
  if (changes.length === 0) return;
  progress.detail(
    "these functions stay as they are deployed, and the release was made with others:",
  );
  for (const change of changes) progress.detail(`  ${change}`);
  const build = commit === undefined ? "what it was built from" : `commit ${commit}`;
  progress.detail(`to go back with them, deploy ${build} again`);
}
