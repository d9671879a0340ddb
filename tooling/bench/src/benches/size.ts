import { execFileSync } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { packInto } from "package-check";
import type { Bench } from "../frame/bench.ts";
import { targetColumns, targetRow } from "../frame/table.ts";
import { cdkLocalVersion } from "../servers/cdk-local.ts";
import { installedFromNpm } from "../servers/installed-from-npm.ts";

const packages = fileURLToPath(new URL("../../../../packages/", import.meta.url));

/** What an installation takes. */
export const size: Bench = {
  name: "size",
  title: "Installed size",
  method:
    "Bytes of all files in `node_modules` after `npm install` of nothing else: the tarballs of this workspace, cdk-local from npm.",
  async run() {
    const folder = mkdtempSync(join(tmpdir(), "cf-edge-bench-"));
    try {
      const tarballs = ["cf-types", "cf-rules", "local-cloudfront"].map((name) =>
        join(folder, packInto(join(packages, name), folder)),
      );
      writeFileSync(join(folder, "package.json"), '{ "private": true }');
      const options = ["install", ...tarballs, "--no-audit", "--no-fund"];
      execFileSync("npm", options, { cwd: folder, stdio: ["ignore", "ignore", "inherit"] });
      const megabytes = (root: string) => {
        const value = bytesIn(join(root, "node_modules")) / 1_000_000;
        return { min: value, median: value, max: value };
      };
      const theirs = installedFromNpm("cdk-local", cdkLocalVersion);
      return {
        tables: [
          {
            columns: targetColumns,
            rows: [
              targetRow("local-cloudfront, MB", megabytes(folder), { atMost: 12 }),
              targetRow("cdk-local, MB", megabytes(theirs)),
            ],
          },
        ],
        versions: { "cdk-local": cdkLocalVersion },
      };
    } finally {
      rmSync(folder, { recursive: true });
    }
  },
};

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => statSync(join(folder, name), { throwIfNoEntry: false }))
    .reduce((bytes, stats) => bytes + (stats?.isFile() === true ? stats.size : 0), 0);
}
