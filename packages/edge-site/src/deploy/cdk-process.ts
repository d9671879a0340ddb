import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const cli = join(
  dirname(createRequire(import.meta.url).resolve("aws-cdk/package.json")),
  "bin/cdk",
);

/**
 * Runs the CDK CLI as a process, with its output on ours.
 *
 * @param env Set beside the environment of this process.
 * @returns What it ended with: its exit status, or a signal's name.
 */
export async function cdkProcess(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<number | string> {
  const child = spawn(process.execPath, [cli, ...args], {
    stdio: ["inherit", process.stdout.fd, process.stderr.fd],
    env: { ...process.env, ...env },
  });
  const [exitStatus, signal] = (await once(child, "exit")) as [number, null] | [null, string];
  return exitStatus ?? signal;
}
