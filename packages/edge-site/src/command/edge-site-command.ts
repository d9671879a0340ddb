import { type Command, createCommand, Option } from "cf-command-line";
import packageJson from "../../package.json" with { type: "json" };
import type { CdkTargetOptions } from "../deploy/deploy-target.ts";
import { canaryTraffic } from "./canary-traffic.ts";
import type { CanaryTraffic } from "../config/stage-config.ts";
import { cdkArgsOf } from "./cdk-args.ts";
import {
  type ConfigOptions,
  type StageOptions,
  targetOf,
  value,
  withConfig,
  withDeployedStage,
  withForeignOptions,
  withStage,
} from "./command-options.ts";
import { configFileAt } from "./config-file.ts";
import { durationMs } from "./duration.ts";
import { addLogsCommand, addPromoteCommand, addStatusCommand } from "./operation-commands.ts";
import { addPreviewsCommand, addReleaseCommands } from "./release-commands.ts";

interface DeployArguments {
  readonly preview?: string;
  readonly canary?: CanaryTraffic;
}

interface DestroyArguments {
  readonly sweep: boolean;
  readonly data: boolean;
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
  addPromoteCommand(command);
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
    async (options, { preview, canary: traffic }: DeployArguments) => {
      if (preview !== undefined) {
        const { deployPreview } = await import("../releases/preview.ts");
        await deployPreview({ ...options, name: preview });
        return;
      }
      if (traffic !== undefined) {
        const { deployCanary } = await import("../canary/deploy-canary.ts");
        await deployCanary({ ...options, traffic });
        return;
      }
      const { deploy } = await import("../deploy/deploy.ts");
      await deploy(options);
    },
  );
  command
    .option(
      "--preview <name>",
      "publish the site as a preview of a stage with previews, and nothing else",
      value,
    )
    .addOption(
      new Option(
        "--canary <percent>",
        "deploy beside what there is, and give it to so many percent of the viewers",
      )
        .argParser(canaryTraffic)
        .conflicts("preview"),
    );
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
