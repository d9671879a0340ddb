import { awsFailure } from "../aws/aws-error.ts";
import type { StageOptions } from "../config/stage-of.ts";
import { deployedReleases } from "./deployed-releases.ts";
import { readLiveRelease, readPreviews } from "./live-release.ts";
import { memberChanges, restoredPackages } from "./member-changes.ts";
import { readRecords, type ReleaseRecord } from "./release-record.ts";

/** A release of a stage. */
export interface ListedRelease {
  readonly id: string;
  readonly isLive: boolean;
  /** The names of the previews that are served it. */
  readonly previews: readonly string[];
  /** ISO 8601. */
  readonly publishedAt: string;
  readonly commit: string | undefined;
  readonly owner: string;
  readonly fileCount: number;
  readonly bytes: number;
  /** What a rollback leaves as it is of the functions, and what the release was deployed with otherwise. */
  readonly functionChanges: readonly string[];
}

/**
 * Prints the releases of a stage, the latest first.
 *
 * @throws {EdgeSiteError} as `deployedReleases`, or as `awsFailure`
 */
export async function listReleases({
  json,
  ...options
}: StageOptions & { readonly json: boolean }): Promise<void> {
  const { target, template, stage } = await deployedReleases(options);
  try {
    const live = await readLiveRelease(target);
    const previews = await readPreviews(target);
    const releases = (await readRecords(target)).map((record): ListedRelease => ({
      id: record.id,
      isLive: record.id === live,
      previews: [...previews].filter(([, id]) => id === record.id).map(([name]) => name),
      publishedAt: record.publishedAt,
      commit: record.commit,
      owner: record.owner,
      ...sizeOf(record),
      functionChanges: memberChanges(
        record.functions,
        template,
        restoredPackages(record, template),
      ),
    }));
    process.stdout.write(
      json ? `${JSON.stringify(releases, undefined, 2)}\n` : describeReleases(releases, stage.name),
    );
  } catch (cause) {
    throw awsFailure("The releases cannot be listed", cause);
  }
}

function sizeOf({ files }: ReleaseRecord): Pick<ListedRelease, "fileCount" | "bytes"> {
  return { fileCount: files.length, bytes: files.reduce((sum, { bytes }) => sum + bytes, 0) };
}

function describeReleases(releases: readonly ListedRelease[], stage: string): string {
  if (releases.length === 0) return "There is no release yet: the next deploy creates one.\n";
  const lines = releases.map((release) => {
    const { id, isLive, previews, publishedAt, commit, owner, fileCount, bytes } = release;
    return [
      isLive ? "*" : " ",
      id,
      publishedAt.slice(0, 16).replace("T", " "),
      (commit ?? "").padEnd(12),
      `${fileCount} files`.padStart(11),
      describeBytes(bytes).padStart(9),
      [
        owner,
        ...previews.map((name) => `preview ${name}`),
        ...(release.functionChanges.length > 0 ? ["other functions"] : []),
      ].join(", "),
    ].join("  ");
  });
  return `${lines.join("\n")}\n\n* is live. Times are UTC. Switch with: npx edge-site rollback RELEASE --stage ${stage}\n`;
}

/** Returns a size as people read it, as in `1.2 MB`. */
export function describeBytes(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 1_000_000) return `${(bytes / 1000).toFixed(1)} kB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
