import { resolve } from "node:path";
import * as rules from "./rules/index.ts";
import { readWorkspace } from "./workspace.ts";

const workspace = readWorkspace(resolve(import.meta.dirname, "../../.."));
const findings = Object.values(rules).flatMap((rule) => rule(workspace));
for (const finding of findings) process.stderr.write(`${finding}\n`);
if (findings.length === 0) {
  process.stdout.write(`${Object.keys(rules).length} house rules hold.\n`);
} else {
  process.exitCode = 1;
}
