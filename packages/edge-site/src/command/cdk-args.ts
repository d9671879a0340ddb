import leven from "leven";
import { EdgeSiteError } from "../edge-site-error.ts";

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
