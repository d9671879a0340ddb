import { runCommand } from "cf-command-line";
import { edgeSiteCommand } from "./command/edge-site-command.ts";

// Who reads the output, as "head" does, may have enough of it.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code !== "EPIPE") throw error;
  process.exit();
});

const [name = "--help", ...rest] = process.argv.slice(2);
// A package manager may hand on the "--" with which its user ended the options of its own.
const args = rest[0] === "--" ? rest.slice(1) : rest;
const status = await runCommand(edgeSiteCommand(), [name, ...args]);
// "start" and "dev" have set the one of what they ran.
if (status !== 0) process.exitCode = status;
