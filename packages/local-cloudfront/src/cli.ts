import { runCommandLine } from "./command/run-command-line.ts";

void runCommandLine(process.argv.slice(2)).then((status) => {
  process.exitCode = status;
});
