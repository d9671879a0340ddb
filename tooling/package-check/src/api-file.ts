import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { apiReport } from "./api-report.ts";
import { readPackageJson } from "./package-json.ts";
import { readStamp, stamped } from "./report-stamp.ts";

const fileName = "api.md";

/** Returns a finding when `api.md` of a built package does not say what the package exports. */
export function checkApiFile(folder: string): readonly string[] {
  const packageJson = readPackageJson(folder);
  const { report, stamp } = readStamp(readApiFile(folder));
  if (stamp !== undefined && report === apiReport(folder, packageJson)) return [];
  return [
    `${fileName} of ${packageJson.name} is not what the package exports: got another text. Run "pnpm report", read what changed, and add a changeset.`,
  ];
}

/** Writes `api.md` of a built package. */
export function writeApiFile(folder: string): void {
  const packageJson = readPackageJson(folder);
  const before = readStamp(readApiFile(folder));
  const report = apiReport(folder, packageJson);
  writeFileSync(join(folder, fileName), stamped(report, packageJson.version, before));
}

function readApiFile(folder: string): string {
  const file = join(folder, fileName);
  return existsSync(file) ? readFileSync(file, "utf8") : "";
}
