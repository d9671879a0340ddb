import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { appFolder } from "../app-paths.ts";
import { InfraError } from "../infra-error.ts";

/** The commands of the CDK CLI that act on a synthesized assembly. */
export type CdkCommand = "deploy" | "diff" | "destroy";

const cli = join(
  dirname(createRequire(import.meta.url).resolve("aws-cdk/package.json")),
  "bin/cdk",
);

/**
 * Runs the CDK CLI on an assembly, with its output on ours.
 *
 * @param assemblyFolder Absolute path.
 * @throws {InfraError} `CDK_FAILED` when the CLI fails.
 */
export async function runCdk(
  command: CdkCommand,
  args: readonly string[],
  assemblyFolder: string,
): Promise<void> {
  const child = spawn(process.execPath, [cli, command, "--app", assemblyFolder, ...args], {
    cwd: appFolder,
    stdio: "inherit",
    env: { ...process.env, CDK_DISABLE_VERSION_CHECK: "true" },
  });
  const [exitStatus, signal] = await once(child, "exit");
  if (exitStatus === 0) return;
  throw new InfraError(
    "CDK_FAILED",
    `"cdk ${command}" ended with ${signal ?? `exit status ${exitStatus}`}. What it says above is the reason.`,
  );
}
