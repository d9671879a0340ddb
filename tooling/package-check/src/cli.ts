import { join } from "node:path";
import { writeApiFile } from "./api-file.ts";
import { checkPackage } from "./check-package.ts";
import { readPackageJson } from "./package-json.ts";
import { writeReadmeSize } from "./readme-size.ts";

const folder = process.cwd();
const workspaceFolder = join(import.meta.dirname, "../../..");

if (process.argv[2] === "--write") {
  writeApiFile(folder);
  await writeReadmeSize(folder);
} else {
  const findings = await checkPackage(folder, workspaceFolder);
  for (const finding of findings) process.stderr.write(`${finding}\n`);
  const { name, version } = readPackageJson(folder);
  if (findings.length === 0) process.stdout.write(`${name} ${version} can be published.\n`);
  else process.exitCode = 1;
}
