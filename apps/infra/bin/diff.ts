import { appFolder } from "../lib/app-paths.ts";
import { refuseMissingCredentials } from "../lib/deploy/refuse-missing-credentials.ts";
import { runCdk } from "../lib/deploy/run-cdk.ts";
import { runCommand } from "../lib/run-command.ts";

await runCommand(async () => {
  await refuseMissingCredentials();
  await runCdk("diff", process.argv.slice(2), appFolder);
});
