import { diff } from "../lib/deploy/diff.ts";
import { runCommand } from "../lib/run-command.ts";

await runCommand(() => diff(process.argv.slice(2)));
