import { type Command, createCommand, InvalidArgumentError } from "cf-command-line";
import packageJson from "../../package.json" with { type: "json" };
import type { CdkTargetOptions, TargetOptions } from "../deploy/deploy-target.ts";
import { cdkArgsOf } from "./cdk-args.ts";
import { configFileAt } from "./config-file.ts";
import { durationMs } from "./duration.ts";

interface ConfigOptions {
  readonly config?: string;
}

interface StageOptions extends ConfigOptions {
  readonly stage?: string;
  readonly assembly?: string;
}

interface DeployArguments {
  readonly preview?: string;
}

interface DestroyArguments {
  readonly sweep: boolean;
  readonly data: boolean;
}

interface ReleasesArguments extends ConfigOptions {
  readonly stage?: string;
  readonly json: boolean;
}

interface PruneArguments extends ConfigOptions {
  readonly stage?: string;
  readonly keep?: number;
  readonly days?: number;
}

interface StatusArguments extends ConfigOptions {
  readonly stage?: string;
  readonly since: number;
  readonly json: boolean;
}

interface LogsArguments extends StatusArguments {
  readonly function?: string;
  readonly follow: boolean;
  readonly errors: boolean;
}

interface ReplayArguments extends ConfigOptions {
  readonly stage?: string;
  readonly since?: number;
}

/**
 * The command `edge-site`. What a command needs is loaded when it runs: the CDK and the clients of AWS take a second.
 */
export function edgeSiteCommand(): Command {
  const command = createCommand("edge-site")
    .description("Runs, checks and deploys the site of an edge.config.ts.")
    .version(packageJson.version);
  addLocalCommands(command);
  addDeployCommand(command);
  addCdkCommand(command, "diff", "show what a deploy would change", async (options) => {
    const { diff } = await import("../deploy/diff.ts");
    await diff(options);
  });
  addCdkCommand<DestroyArguments>(
    command,
    "destroy",
    "delete the stack, and list what stays",
    async (options, { sweep, data }) => {
      const { destroy } = await import("../destroy/destroy.ts");
      await destroy({ ...options, sweep, data });
    },
  )
    .option("--sweep", "delete what stays as far as AWS lets it by now, and return", false)
    .option("--data", "with --sweep: delete the buckets, too, with all that is in them", false);
  const preflight = command
    .command("preflight")
    .alias("doctor")
    .description("check whether a deploy can succeed; changes nothing");
  withStage(preflight).action(async (options: StageOptions) => {
    const { doctor } = await import("../doctor/doctor.ts");
    await doctor(targetOf(options));
  });
  addReleaseCommands(command);
  addPreviewsCommand(command);
  addStatusCommand(command);
  addLogsCommand(command);
  addReplayCommand(command);
  command
    .command("bootstrap")
    .description("prepare the AWS account for the CDK, once, with options of cdk bootstrap")
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async (_options: object, { args }: Command) => {
      const { bootstrap } = await import("../deploy/bootstrap.ts");
      await bootstrap(args);
    });
  return command;
}

function addDeployCommand(parent: Command): void {
  const description = "deploy the stack and publish the site";
  const command = addCdkCommand(
    parent,
    "deploy",
    description,
    async (options, { preview }: DeployArguments) => {
      if (preview !== undefined) {
        const { deployPreview } = await import("../releases/preview.ts");
        await deployPreview({ ...options, name: preview });
        return;
      }
      const { deploy } = await import("../deploy/deploy.ts");
      await deploy(options);
    },
  );
  command.option(
    "--preview <name>",
    "publish the site as a preview of a stage with previews, and nothing else",
    value,
  );
}

function addReleaseCommands(parent: Command): void {
  const releases = parent.command("releases").description("list the releases of the site");
  withDeployedStage(releases)
    .option("--json", "print a list of JSON", false)
    .action(async ({ config, ...options }: ReleasesArguments) => {
      const { listReleases } = await import("../releases/list-releases.ts");
      await listReleases({ ...options, configFile: configFileAt(config) });
    });
  const rollback = parent
    .command("rollback")
    .description("switch to another release, in seconds")
    .argument("[release]", "its id (default: the one before the live one)");
  withDeployedStage(rollback).action(
    async (release: string | undefined, { config, ...options }: StageOptions) => {
      const { rollback: run } = await import("../releases/rollback.ts");
      await run({ ...options, release, configFile: configFileAt(config) });
    },
  );
  const prune = parent
    .command("release")
    .description("take care of the releases in the bucket")
    .command("prune")
    .description("delete releases that are not to be kept, as each deploy does");
  withDeployedStage(prune)
    .option("--keep <count>", "so many of the latest (default: releases.keep)", count)
    .option("--days <days>", "and those not older (default: releases.days)", count)
    .action(async ({ config, ...options }: PruneArguments) => {
      const { prune: run } = await import("../releases/prune.ts");
      await run({ ...options, configFile: configFileAt(config) });
    });
}

function addPreviewsCommand(parent: Command): void {
  const previews = parent.command("previews").description("list the previews of a stage");
  withDeployedStage(previews)
    .option("--json", "print a list of JSON", false)
    .action(async ({ config, ...options }: ReleasesArguments) => {
      const { listPreviews } = await import("../releases/preview.ts");
      await listPreviews({ ...options, configFile: configFileAt(config) });
    });
  previews
    .command("remove")
    .description("remove a preview")
    .argument("<name>", "as in pr-12")
    // Its options are those of the command that it belongs to.
    .action(async (name: string, _options: object, command: Command) => {
      const { config, stage } = command.optsWithGlobals<ReleasesArguments>();
      const { deletePreview } = await import("../releases/preview.ts");
      await deletePreview({
        ...(stage !== undefined && { stage }),
        name,
        configFile: configFileAt(config),
      });
    });
}

function addStatusCommand(parent: Command): void {
  const command = parent
    .command("status")
    .description("show what is deployed, and what it has done");
  withDeployedStage(command)
    .option("--since <duration>", "how far back, as in 30m, 1h or 2d", durationMs, 86_400_000)
    .option("--json", "print an object of JSON", false)
    .action(async ({ config, since, ...options }: StatusArguments) => {
      const { status } = await import("../status/status.ts");
      await status({ ...options, configFile: configFileAt(config), sinceMs: since });
    });
}

function addLogsCommand(parent: Command): void {
  const command = parent
    .command("logs")
    .description("print what the deployed functions have written, of all regions, by time");
  withDeployedStage(command)
    .option("--function <package>", "the functions of one package alone", value)
    .option("--since <duration>", "how far back, as in 30m, 1h or 2d", durationMs, 3_600_000)
    .option("--follow", "go on printing what comes", false)
    .option("--errors", "print errors alone", false)
    .option("--json", "print each line as JSON", false)
    .action(async ({ config, function: functionName, since, ...options }: LogsArguments) => {
      const { logs } = await import("../logs/logs.ts");
      await logs({ ...options, configFile: configFileAt(config), functionName, sinceMs: since });
    });
}

function addLocalCommands(command: Command): void {
  const synth = command.command("synth").description("write the cloud assembly into cdk.out");
  withConfig(synth)
    .option("--brief", "print one line for each remark", false)
    .action(async ({ config, brief }: ConfigOptions & { readonly brief: boolean }) => {
      const { runSynth } = await import("./run-synth.ts");
      await runSynth(configFileAt(config), { isBrief: brief });
    });
  const start = command
    .command("start")
    .description("serve the site on the local CloudFront, with options of local-cloudfront");
  withForeignOptions(withConfig(start)).action(async ({ config }: ConfigOptions, { args }) => {
    const { runStart } = await import("./run-start.ts");
    process.exitCode = await runStart(configFileAt(config), args);
  });
  const dev = command.command("dev").description("the same, and serve what is saved at once");
  withForeignOptions(withConfig(dev)).action(async ({ config }: ConfigOptions, { args }) => {
    const { runDev } = await import("./run-dev.ts");
    process.exitCode = await runDev(configFileAt(config), args);
  });
}

function addReplayCommand(parent: Command): void {
  const command = parent
    .command("replay")
    .description("replay access logs through the site, with options of local-cloudfront replay");
  withForeignOptions(withDeployedStage(command))
    .option("--since <duration>", "how far back, as in 12h or 7d", durationMs)
    .action(async ({ config, stage, since }: ReplayArguments, { args }: Command) => {
      const { replay } = await import("../replay/replay.ts");
      process.exitCode = await replay(
        { configFile: configFileAt(config), stage, sinceMs: since },
        args,
      );
    });
}

/** @returns The command, for options of its own. */
function addCdkCommand<Own = object>(
  parent: Command,
  name: string,
  description: string,
  run: (options: CdkTargetOptions, own: Own) => Promise<void>,
): Command {
  const command = parent.command(name).description(`${description}, with options of cdk ${name}`);
  return withStage(command)
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async (options: StageOptions & Own, { args }: Command) => {
      const known = command.options.flatMap(({ long }) => long ?? []);
      await run({ ...targetOf(options), cdkArgs: cdkArgsOf(args, known) }, options);
    });
}

function withConfig(command: Command): Command {
  return command.option(
    "--config <path>",
    "edge.config.ts or its folder (default: the working directory)",
    value,
  );
}

function withDeployedStage(command: Command): Command {
  return withConfig(command).option(
    "--stage <name>",
    "the stage (default: the first of edge.config.ts)",
    value,
  );
}

function withStage(command: Command): Command {
  return withDeployedStage(command).option(
    "--assembly <folder>",
    "an assembly that was synthesized before",
    value,
  );
}

/** They are those of local-cloudfront, whose help lists them. */
function withForeignOptions(command: Command): Command {
  return command.allowUnknownOption().allowExcessArguments().helpOption(false);
}

/** The parser would take the option that follows for the value. */
function value(text: string): string {
  if (text !== "" && !text.startsWith("-")) return text;
  throw new InvalidArgumentError("Write the value behind the option, as in --stage prod.");
}

function count(text: string): number {
  if (/^\d{1,6}$/.test(text)) return Number(text);
  throw new InvalidArgumentError("Write a whole number, 0 or more.");
}

function targetOf({ config, stage, assembly }: StageOptions): TargetOptions {
  return { configFile: configFileAt(config), stage, assembly };
}
