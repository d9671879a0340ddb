import { destroy } from "../lib/destroy/destroy.ts";
import { runCommand } from "../lib/run-command.ts";

await runCommand(() => destroy(process.argv.slice(2)));
