import { type Command, InvalidArgumentError } from "cf-command-line";
import type { TargetOptions } from "../deploy/deploy-target.ts";
import { configFileAt } from "./config-file.ts";

/** Which configuration. */
export interface ConfigOptions {
  readonly config?: string;
}

/** Which stage of it. */
export interface StageOptions extends ConfigOptions {
  readonly stage?: string;
  readonly assembly?: string;
}

/** Adds the option that names the configuration. */
export function withConfig(command: Command): Command {
  return command.option(
    "--config <path>",
    "edge.config.ts or its folder (default: the working directory)",
    value,
  );
}

/** The same, and the one that names a stage. */
export function withDeployedStage(command: Command): Command {
  return withConfig(command).option(
    "--stage <name>",
    "the stage (default: the first of edge.config.ts)",
    value,
  );
}

/** The same, and the one that names an assembly of it. */
export function withStage(command: Command): Command {
  return withDeployedStage(command).option(
    "--assembly <folder>",
    "an assembly that was synthesized before",
    value,
  );
}

/** They are those of local-cloudfront, whose help lists them. */
export function withForeignOptions(command: Command): Command {
  return command.allowUnknownOption().allowExcessArguments().helpOption(false);
}

/** The parser would take the option that follows for the value. */
export function value(text: string): string {
  if (text !== "" && !text.startsWith("-")) return text;
  throw new InvalidArgumentError("Write the value behind the option, as in --stage prod.");
}

/** Returns what a command is asked to act on. */
export function targetOf({ config, stage, assembly }: StageOptions): TargetOptions {
  return { configFile: configFileAt(config), stage, assembly };
}
