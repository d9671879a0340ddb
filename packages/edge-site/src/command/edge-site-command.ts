import { type Command, createCommand, Option } from "cf-command-line";
import packageJson from "../../package.json" with { type: "json" };
import { canaryTraffic } from "./canary-traffic.ts";
import type { CanaryTraffic } from "../config/stage-config.ts";
import {
  type AssemblyOptions,
  type ConfigOptions,
  type DeployedStageOptions,
  located,
  type LocatedOptions,
  value,
  withAssembly,
  withCdkOptions,
  withConfig,
  withDeployedStage,
  withForeignOptions,
} from "./command-options.ts";
import { durationMs } from "./duration.ts";
import { addLogsCommand, addPromoteCommand, addStatusCommand } from "./operation-commands.ts";
import { addPreviewsCommand, addReleaseCommands } from "./release-commands.ts";

interface DeployArguments extends AssemblyOptions {
  readonly preview?: string;
  readonly canary?: CanaryTraffic;
}

interface DestroyArguments extends AssemblyOptions {
  readonly sweep: boolean;
  readonly data: boolean;
}

interface ReplayArguments extends DeployedStageOptions {
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
    async (options) => {
      const { destroy } = await import("../destroy/destroy.ts");
      await destroy(options);
    },
  )
    .option("--sweep", "delete what stays, too, as far as AWS allows it by now", false)
    .option("--data", "with --sweep: delete the buckets, too, with all objects", false);
  const preflight = command
    .command("preflight")
    .alias("doctor")
    .description("check whether a deploy can succeed; changes nothing");
  withAssembly(preflight).action(async (options: AssemblyOptions) => {
    const { doctor } = await import("../doctor/doctor.ts");
    await doctor(located(options));
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
  const command = addCdkCommand<DeployArguments>(
    parent,
    "deploy",
    description,
    async ({ preview, canary: traffic, ...options }) => {
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
      "publish the site as a preview, without a deploy of the stack",
      value,
    )
    .addOption(
      new Option("--canary <percent>", "deploy as a canary, for so many percent of the viewers")
        .argParser(canaryTraffic)
        .conflicts("preview"),
    );
}

function addLocalCommands(command: Command): void {
  const synth = command.command("synth").description("write the cloud assembly into cdk.out");
  withConfig(synth)
    .option("--brief", "print one line for each remark", false)
    .action(async (options: ConfigOptions & { readonly brief: boolean }) => {
      const { configFile, brief: isBrief } = located(options);
      const { loadAndSynthesize } = await import("../synth/synthesize-site.ts");
      await loadAndSynthesize(configFile, { isBrief });
    });
  const start = command
    .command("start")
    .description("serve the site on the local CloudFront, with options of local-cloudfront");
  withForeignOptions(withConfig(start)).action(async (options: ConfigOptions, { args }) => {
    const { runStart } = await import("./run-start.ts");
    process.exitCode = await runStart(located(options).configFile, args);
  });
  const dev = command.command("dev").description("the same, and serve what you save at once");
  withForeignOptions(withConfig(dev)).action(async (options: ConfigOptions, { args }) => {
    const { runDev } = await import("./run-dev.ts");
    process.exitCode = await runDev(located(options).configFile, args);
  });
}

function addReplayCommand(parent: Command): void {
  const command = parent
    .command("replay")
    .description("replay access logs through the site, with options of local-cloudfront replay");
  withForeignOptions(withDeployedStage(command))
    .option("--since <duration>", "how far back, as in 12h or 7d", durationMs)
    .action(async ({ since: sinceMs, ...options }: ReplayArguments, { args }: Command) => {
      const { replay } = await import("../replay/replay.ts");
      process.exitCode = await replay({ ...located(options), sinceMs }, args);
    });
}

/** @returns The command, for options of its own. */
function addCdkCommand<Options extends AssemblyOptions>(
  parent: Command,
  name: string,
  description: string,
  run: (
    options: LocatedOptions<Options> & { readonly cdkArgs: readonly string[] },
  ) => Promise<void>,
): Command {
  const command = parent.command(name).description(`${description}, with options of cdk ${name}`);
  return withCdkOptions(withAssembly(command), run);
}
