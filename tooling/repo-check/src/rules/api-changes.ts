import { createHash } from "node:crypto";
import type { Rule, Workspace, WorkspacePackage } from "../workspace.ts";

const stamp = /\n\n<!-- version (\S+) sha256 ([0-9a-f]{64}) -->\n$/;

/** What a package exports changes only with a changeset that names the package. */
export const apiChanges: Rule = (workspace) => {
  const announced = new Set(workspace.documents.flatMap((path) => namedIn(path, workspace)));
  return workspace.packages.flatMap((each) =>
    hasChanged(each, workspace) && !announced.has(each.packageJson.name)
      ? [
          `The API of ${each.packageJson.name} has changed since its last version, and no changeset says so: got another checksum in ${each.folder}/api.md. Run "pnpm changeset".`,
        ]
      : [],
  );
};

function hasChanged({ folder, packageJson }: WorkspacePackage, { has, read }: Workspace): boolean {
  const file = `${folder}/api.md`;
  if (!has(file)) return false;
  const text = read(file);
  const [, version, sha256] = stamp.exec(text) ?? [];
  if (version === undefined) return true;
  // A version that is newer than the stamp has the API that the report shows.
  if (version !== packageJson.version) return false;
  const report = text.replace(stamp, "");
  return sha256 !== createHash("sha256").update(report).digest("hex");
}

function namedIn(path: string, { read }: Workspace): readonly string[] {
  if (!path.startsWith(".changeset/")) return [];
  const [, header = ""] = /^---\n([\s\S]*?)\n---/.exec(read(path)) ?? [];
  return [...header.matchAll(/^["']?([^"':]+)["']?:/gm)].map(([, name = ""]) => name);
}
