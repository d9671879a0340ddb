import { previewName } from "release-select";
import type { MemberDigest } from "../artefact/edge-function-asset.ts";
import { awsFailure } from "../aws/aws-error.ts";
import type { PreviewsConfig } from "../config/previews-config.ts";
import { loadEdgeConfig } from "../config/load-edge-config.ts";
import type { StageOptions } from "../config/stage-of.ts";
import { type DeployTarget, deployTarget } from "../deploy/deploy-target.ts";
import { progress } from "../deploy/progress.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { assembledRelease, describeRelease } from "./assembled-release.ts";
import { type DeployedReleases, deployedReleases } from "./deployed-releases.ts";
import { readLiveRelease, readPreviews, removePreview, setPreview } from "./live-release.ts";
import { memberChanges } from "./member-changes.ts";
import { publishRelease } from "./publish-release.ts";

/** What is previewed, and as what; by default in the first stage that has previews. */
export interface PreviewOptions extends StageOptions {
  readonly name: string;
  /** @default - the site is synthesized */
  readonly assembly?: string | undefined;
}

/**
 * Publishes the site as a preview of a stage that is deployed: beside the live release, which stays, and without
 * CloudFormation, so that the stage's functions stay too.
 *
 * @throws {EdgeSiteError} `INVALID_ARGUMENT`, `INVALID_CONFIG` where the stage has no previews, as `deployTarget` and
 *   `publishRelease`, or as `awsFailure`
 */
export async function deployPreview({ name, ...options }: PreviewOptions): Promise<void> {
  refuseInvalidName(name);
  const target = await deployTarget(await ofPreviews(options));
  const previews = previewsOf(target);
  const deployed = await deployedReleases({ ...options, stage: target.stage.name });
  progress.step(`Preview ${name} of stage ${target.stage.name}: stack ${target.stage.stackName}`);
  const { release, functions, scripts } = assembledRelease(target);
  describeFunctions(deployed, functions);
  const live = await readLiveRelease(deployed.target).catch((cause: unknown) => {
    throw awsFailure("The live release cannot be read, and nothing is published", cause);
  });
  const published = await publishRelease(release, {
    ...deployed.target,
    say: progress.detail,
    live,
    functions,
    scripts,
  });
  progress.detail(describeRelease(published));
  await setPreview(deployed.target, name, release.id).catch((cause: unknown) => {
    throw awsFailure(`Release ${release.id} is published, but is not preview ${name} yet`, cause);
  });
  process.stdout.write(`\n${previewUrl(name, previews, deployed.url)}\n`);
}

/** What of `previews` is asked. */
export interface PreviewsOptions extends StageOptions {
  readonly json: boolean;
}

/**
 * Prints the previews of a stage with their addresses.
 *
 * @throws {EdgeSiteError} as `deployedReleases`, or as `awsFailure`
 */
export async function listPreviews({ json, ...options }: PreviewsOptions): Promise<void> {
  const deployed = await deployedReleases(await ofPreviews(options));
  const config = previewsOf(deployed);
  const previews = await readPreviews(deployed.target).catch((cause: unknown) => {
    throw awsFailure("The previews cannot be listed", cause);
  });
  const listed = [...previews].map(([name, release]) => ({
    name,
    release,
    url: previewUrl(name, config, deployed.url),
  }));
  if (json) process.stdout.write(`${JSON.stringify(listed, undefined, 2)}\n`);
  else if (listed.length === 0) process.stdout.write("There is no preview.\n");
  else
    for (const { name, release, url } of listed)
      process.stdout.write(`${name}  ${release}  ${url}\n`);
}

/**
 * Removes a preview: its address is no page from then on. Its release goes when releases are pruned.
 *
 * @throws {EdgeSiteError} as `deployedReleases`, or as `awsFailure`
 */
export async function deletePreview({
  name,
  ...options
}: StageOptions & { readonly name: string }): Promise<void> {
  refuseInvalidName(name);
  const { target } = await deployedReleases(await ofPreviews(options));
  await removePreview(target, name).catch((cause: unknown) => {
    throw awsFailure(`Preview ${name} is not removed`, cause);
  });
  process.stdout.write(`There is no preview ${name} any more.\n`);
}

/** The stage that is meant where none is named: the first that has previews. */
async function ofPreviews<Options extends StageOptions>(options: Options): Promise<Options> {
  if (options.stage !== undefined) return options;
  const { stages } = await loadEdgeConfig(options.configFile);
  return { ...options, stage: stages.find(({ previews }) => previews !== undefined)?.name };
}

function previewUrl(name: string, { domain }: PreviewsConfig, url: string): string {
  return domain === undefined ? `${url}/_preview/${name}` : `https://${name}.${domain}`;
}

function refuseInvalidName(name: string): void {
  if (previewName.test(name)) return;
  throw new EdgeSiteError(
    "INVALID_ARGUMENT",
    `The name of a preview is not valid: got ${JSON.stringify(name)}. Allowed: lower-case letters, digits and hyphens within, 63 at most, as in pr-12.`,
  );
}

function previewsOf({ stage }: Pick<DeployTarget, "stage">): PreviewsConfig {
  if (stage.previews !== undefined) return stage.previews;
  throw new EdgeSiteError(
    "INVALID_CONFIG",
    `Stage ${JSON.stringify(stage.name)} has no previews: got no stages.${stage.name}.previews. Add a stage for them to edge.config.ts, as in stages: { previews: { previews: { users: { team: process.env["PREVIEW_PASSWORD"] } } } }, and deploy it once: npx edge-site deploy --stage previews`,
  );
}

function describeFunctions(
  { template, stage }: DeployedReleases,
  functions: readonly MemberDigest[],
): void {
  const changes = memberChanges(functions, template);
  if (changes.length === 0) return;
  progress.detail("the stage's functions stay as they are deployed, and this build has others:");
  for (const change of changes) progress.detail(`  ${change}`);
  progress.detail(`to change them, run: npx edge-site deploy --stage ${stage.name}`);
}
