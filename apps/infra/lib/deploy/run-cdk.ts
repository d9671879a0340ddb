import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { InfraError } from "../infra-error.ts";

/** The commands of the CDK CLI that act on the synthesized assembly. */
export type CdkCommand = "deploy" | "diff" | "destroy";

const cli = join(
  dirname(createRequire(import.meta.url).resolve("aws-cdk/package.json")),
  "bin/cdk",
);

/**
 * Runs the CDK CLI on the assembly that cdk.json names, with its output on ours.
 *
 * @param appFolder Absolute path of the folder with cdk.json.
 * @throws {InfraError} `NOT_SYNTHESIZED` when there is no assembly, `CDK_FAILED` when the CLI fails.
 */
export async function runCdk(
  command: CdkCommand,
  args: readonly string[],
  appFolder: string,
): Promise<void> {
  if (!existsSync(join(appFolder, "cdk.out/manifest.json"))) {
    throw new InfraError(
      "NOT_SYNTHESIZED",
      `There is no cloud assembly in ${join(appFolder, "cdk.out")}. Run: pnpm turbo run synth`,
    );
  }
  const child = spawn(process.execPath, [cli, command, ...args], {
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
