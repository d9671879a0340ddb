import leven from "leven";
import { InfraError } from "../infra-error.ts";

/** What a user says to a command. */
export interface CommandArgs {
  /** @default - the first stage */
  readonly stage: string | undefined;
  /**
   * An assembly that has been synthesized elsewhere.
   * @default - the stage's own
   */
  readonly assembly: string | undefined;
  /** What the CDK CLI is told as well. */
  readonly cdkArgs: readonly string[];
}

/**
 * Reads `--stage` and `--assembly`, in both spellings and after the `--` that pnpm hands on.
 *
 * @throws {InfraError} `INVALID_ARGUMENT` when one of them has no value, or is misspelt.
 */
export function parseCommandArgs(args: readonly string[]): CommandArgs {
  const rest = args[0] === "--" ? args.slice(1) : [...args];
  const stage = takeValue(rest, "--stage");
  const assembly = takeValue(rest, "--assembly");
  refuseMisspelt(rest);
  return { stage, assembly, cdkArgs: rest };
}

/** The CDK CLI would not know it, and the first stage would be deployed in place of the one that was meant. */
function refuseMisspelt(args: readonly string[]): void {
  for (const arg of args) {
    const name = arg.split("=", 1)[0] ?? "";
    const meant = ["--stage", "--assembly"].find((option) => leven(name, option) === 1);
    if (meant === undefined) continue;
    throw new InfraError(
      "INVALID_ARGUMENT",
      `The option is not known: got ${JSON.stringify(name)}. Did you mean ${meant}?`,
    );
  }
}

/** Takes the option out of the list. */
function takeValue(args: string[], option: string): string | undefined {
  const index = args.findIndex((each) => each === option || each.startsWith(`${option}=`));
  if (index === -1) return undefined;
  const [, inOne] = args[index]?.split(/=(.*)/s) ?? [];
  const value = inOne ?? args[index + 1];
  if (value === undefined || value === "" || value.startsWith("-")) {
    throw new InfraError(
      "INVALID_ARGUMENT",
      `${option} has no value: got ${JSON.stringify(args.join(" "))}. Write it behind the option, as in "--stage prod".`,
    );
  }
  args.splice(index, inOne === undefined ? 2 : 1);
  return value;
}
