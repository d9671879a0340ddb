import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type PackedPackage, readPacked } from "./packed-package.ts";

const workspaceRange = /"(?:workspace|catalog|link|file|portal):[^"]*"/g;

/**
 * Returns what in the tarball exists in this workspace only: ranges, paths, or another licence.
 *
 * @param workspaceFolder Absolute path of the repository.
 */
export function checkWorkspaceLeaks(
  packed: PackedPackage,
  workspaceFolder: string,
): readonly string[] {
  const { name } = packed.source;
  const ranges = JSON.stringify(packed.published).match(workspaceRange) ?? [];
  const paths = packed.files.filter((file) => readPacked(packed, file).includes(workspaceFolder));
  const licence = readFileSync(join(workspaceFolder, "LICENSE"), "utf8");
  const sameLicence = packed.files.includes("LICENSE") && readPacked(packed, "LICENSE") === licence;
  return [
    ...ranges.map(
      (range) =>
        `The published package.json of ${name} names a range of this workspace: got ${range}. Pack it with pnpm, which writes the version.`,
    ),
    ...paths.map(
      (file) =>
        `The tarball of ${name} names a folder of this machine: got ${JSON.stringify(workspaceFolder)} in ${file}. Write paths relative to the package.`,
    ),
    ...(sameLicence
      ? []
      : [
          `The LICENSE in the tarball of ${name} is not the one of the repository. Copy it from there.`,
        ]),
  ];
}
