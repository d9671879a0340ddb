import { type Command, InvalidArgumentError } from "cf-command-line";
import { type DeployedStageOptions, located, withDeployedStage } from "./command-options.ts";

interface ReleasesArguments extends DeployedStageOptions {
  readonly json: boolean;
}

interface PruneArguments extends DeployedStageOptions {
  readonly keep?: number;
  readonly days?: number;
}

/** Adds `releases`, `rollback` and `release prune`. */
export function addReleaseCommands(parent: Command): void {
  const releases = parent.command("releases").description("list the releases of the site");
  withDeployedStage(releases)
    .option("--json", "print a list of JSON", false)
    .action(async (options: ReleasesArguments) => {
      const { listReleases } = await import("../releases/list-releases.ts");
      await listReleases(located(options));
    });
  const rollback = parent
    .command("rollback")
    .description("switch to another release, in seconds")
    .argument("[release]", "its id (default: the one before the live one)");
  withDeployedStage(rollback).action(
    async (release: string | undefined, options: DeployedStageOptions) => {
      const { rollback: run } = await import("../releases/rollback.ts");
      await run({ ...located(options), release });
    },
  );
  const prune = parent
    .command("release")
    .description("manage the releases in the bucket")
    .command("prune")
    .description("delete old releases, as each deploy does");
  withDeployedStage(prune)
    .option("--keep <count>", "how many of the latest stay (default: releases.keep)", count)
    .option("--days <days>", "how many days a release stays (default: releases.days)", count)
    .action(async (options: PruneArguments) => {
      const { prune: run } = await import("../releases/prune.ts");
      await run(located(options));
    });
}

/** Adds `previews` and `previews remove`. */
export function addPreviewsCommand(parent: Command): void {
  const previews = parent.command("previews").description("list the previews of a stage");
  withDeployedStage(previews)
    .option("--json", "print a list of JSON", false)
    .action(async (options: ReleasesArguments) => {
      const { listPreviews } = await import("../releases/preview.ts");
      await listPreviews(located(options));
    });
  previews
    .command("remove")
    .description("remove a preview")
    .argument("<name>", "as in pr-12")
    // Its options are those of the command that it belongs to.
    .action(async (name: string, _options: object, command: Command) => {
      const { deletePreview } = await import("../releases/preview.ts");
      await deletePreview({ ...located(command.optsWithGlobals<DeployedStageOptions>()), name });
    });
}

function count(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number, 0 or more.");
}
