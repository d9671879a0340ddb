import { EdgeSiteError } from "../edge-site-error.ts";
import { cdkProcess } from "./cdk-process.ts";

/** The commands of the CDK CLI that this package runs; all but "bootstrap" act on a synthesized assembly. */
export type CdkCommand = "deploy" | "diff" | "destroy" | "bootstrap";

const env = { CDK_DISABLE_VERSION_CHECK: "true", CDK_DISABLE_CLI_TELEMETRY: "true" };

/**
 * Runs the CDK CLI, with its output on ours.
 *
 * @param assemblyFolder Absolute path.
 * @throws {EdgeSiteError} `CDK_FAILED` when the CLI fails.
 */
export async function runCdk(
  command: CdkCommand,
  args: readonly string[],
  assemblyFolder?: string,
): Promise<void> {
  const app = assemblyFolder === undefined ? [] : ["--app", assemblyFolder];
  const ended = await cdkProcess([command, ...app, "--no-notices", ...args], env);
  if (ended === 0) return;
  const how = typeof ended === "number" ? `exit status ${ended}` : ended;
  throw new EdgeSiteError(
    "CDK_FAILED",
    `"cdk ${command}" ended with ${how}. What it says above is the reason.`,
  );
}
