import { deploy } from "../lib/deploy/deploy.ts";
import { runCommand } from "../lib/run-command.ts";

await runCommand(() => deploy(process.argv.slice(2)));
