import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { EdgeSiteError } from "../edge-site-error.ts";

/** The commands of the CDK CLI that this package runs; all but "bootstrap" act on a synthesized assembly. */
export type CdkCommand = "deploy" | "diff" | "destroy" | "bootstrap";

const cli = join(
  dirname(createRequire(import.meta.url).resolve("aws-cdk/package.json")),
  "bin/cdk",
);

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
  const child = spawn(process.execPath, [cli, command, ...app, "--no-notices", ...args], {
    stdio: ["inherit", process.stdout.fd, process.stderr.fd],
    env: {
      ...process.env,
      CDK_DISABLE_VERSION_CHECK: "true",
      CDK_DISABLE_CLI_TELEMETRY: "true",
    },
  });
  const [exitStatus, signal] = await once(child, "exit");
  if (exitStatus === 0) return;
  throw new EdgeSiteError(
    "CDK_FAILED",
    `"cdk ${command}" ended with ${signal ?? `exit status ${exitStatus}`}. What it says above is the reason.`,
  );
}
