import type { Command } from "cf-command-line";
import {
  type DeployedStageOptions,
  located,
  value,
  withCdkOptions,
  withDeployedStage,
} from "./command-options.ts";
import { durationMs } from "./duration.ts";

interface StatusArguments extends DeployedStageOptions {
  readonly since: number;
  readonly json: boolean;
}

interface LogsArguments extends StatusArguments {
  readonly function?: string;
  readonly follow: boolean;
  readonly errors: boolean;
}

interface PromoteArguments extends DeployedStageOptions {
  readonly abort: boolean;
}

/** Adds `promote`. */
export function addPromoteCommand(parent: Command): void {
  const command = parent
    .command("promote")
    .description("serve a canary to all viewers, with options of cdk deploy");
  withDeployedStage(command).option("--abort", "end the canary without promoting it", false);
  withCdkOptions<PromoteArguments>(command, async (options) => {
    const { promote } = await import("../canary/promote.ts");
    await promote(options);
  });
}

/** Adds `status`. */
export function addStatusCommand(parent: Command): void {
  const command = parent
    .command("status")
    .description("show what is deployed, with its requests, errors and costs");
  withDeployedStage(command)
    .option("--since <duration>", "how far back, as in 30m, 1h or 2d", durationMs, 86_400_000)
    .option("--json", "print an object of JSON", false)
    .action(async ({ since: sinceMs, ...options }: StatusArguments) => {
      const { status } = await import("../status/status.ts");
      await status({ ...located(options), sinceMs });
    });
}

/** Adds `logs`. */
export function addLogsCommand(parent: Command): void {
  const command = parent
    .command("logs")
    .description("print the logs of the deployed functions, of all regions, by time");
  withDeployedStage(command)
    .option("--function <package>", "only the functions of one package", value)
    .option("--since <duration>", "how far back, as in 30m, 1h or 2d", durationMs, 3_600_000)
    .option("--follow", "keep printing new lines", false)
    .option("--errors", "print only errors", false)
    .option("--json", "print each line as JSON", false)
    .action(async ({ function: functionName, since: sinceMs, ...options }: LogsArguments) => {
      const { logs } = await import("../logs/logs.ts");
      await logs({ ...located(options), functionName, sinceMs });
    });
}
