import { CommandMistake } from "cf-command-line";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";

/** Runs a command, and names the fact behind a mistake with its message. */
export async function withFacts(run: () => Promise<void>): Promise<void> {
  try {
    await run();
  } catch (error) {
    if (!(error instanceof LocalCloudFrontError)) throw error;
    const fact = error.factId === undefined ? "" : ` (${error.factId})`;
    throw new CommandMistake(`${error.message}${fact}`, { cause: error });
  }
}
