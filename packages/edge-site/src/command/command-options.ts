import { type Command, InvalidArgumentError } from "cf-command-line";
import leven from "leven";
import { EdgeSiteError } from "../edge-site-error.ts";
import { configFileAt } from "./config-file.ts";

/** Which configuration. */
export interface ConfigOptions {
  readonly config?: string;
}

/** Which stage of it. */
export interface DeployedStageOptions extends ConfigOptions {
  readonly stage?: string;
}

/** Which assembly of that stage. */
export interface AssemblyOptions extends DeployedStageOptions {
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
export function withAssembly(command: Command): Command {
  return withDeployedStage(command).option(
    "--assembly <folder>",
    "an assembly that was synthesized before",
    value,
  );
}

/** The command hands on options of local-cloudfront, whose help lists them. */
export function withForeignOptions(command: Command): Command {
  return command.allowUnknownOption().allowExcessArguments().helpOption(false);
}

/** The command hands on options of the CDK CLI. */
export function withCdkOptions<Options extends ConfigOptions>(
  command: Command,
  run: (
    options: LocatedOptions<Options> & { readonly cdkArgs: readonly string[] },
  ) => Promise<void>,
): Command {
  return command
    .allowUnknownOption()
    .allowExcessArguments()
    .action(async (options: Options, { args }: Command) => {
      const known = command.options.flatMap(({ long }) => long ?? []);
      await run({ ...located(options), cdkArgs: cdkArgsOf(args, known) });
    });
}

/**
 * Returns what the CDK CLI is given: whatever the command does not know itself.
 *
 * @param known The command's own options, as in `--stage`.
 * @throws {EdgeSiteError} `INVALID_ARGUMENT` for a misspelt option of the command: the CDK CLI would not know it, and the
 *   first stage would be deployed in place of the one that was meant.
 */
export function cdkArgsOf(args: readonly string[], known: readonly string[]): readonly string[] {
  for (const arg of args) {
    const name = arg.split("=", 1)[0] ?? "";
    const meant = known.find((option) => leven(name, option) === 1);
    if (meant === undefined) continue;
    throw new EdgeSiteError(
      "INVALID_ARGUMENT",
      `The option is not known: got ${JSON.stringify(name)}. Did you mean ${meant}?`,
    );
  }
  return args;
}

/** The parser would take the option that follows for the value. */
export function value(text: string): string {
  if (text !== "" && !text.startsWith("-")) return text;
  throw new InvalidArgumentError("Write the value behind the option, as in --stage prod.");
}

/** Options with the absolute path of the configuration that they name. */
export type LocatedOptions<Options extends ConfigOptions> = Omit<Options, "config"> & {
  readonly configFile: string;
};

/**
 * Finds the configuration that options name.
 *
 * @throws {EdgeSiteError} as `configFileAt`
 */
export function located<Options extends ConfigOptions>({
  config,
  ...options
}: Options): LocatedOptions<Options> {
  return { ...options, configFile: configFileAt(config) };
}
