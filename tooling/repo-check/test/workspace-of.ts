import type { PackageJson, Workspace } from "../src/workspace.ts";

/** Returns a repository that consists of some files, by path. */
export function workspaceOf(files: Readonly<Record<string, string | object>>): Workspace {
  const texts = new Map(
    Object.entries(files).map(([path, content]) => [
      path,
      typeof content === "string" ? content : JSON.stringify(content),
    ]),
  );
  const read = (path: string) => {
    const text = texts.get(path);
    if (text === undefined) throw new Error(`${path} is not among the files.`);
    return text;
  };
  const paths = [...texts.keys()];
  const folders = paths
    .filter((path) => /^\w+\/[\w-]+\/package\.json$/.test(path))
    .map((path) => path.slice(0, -"/package.json".length));
  return {
    read,
    has: (path) => paths.some((each) => each === path || each.startsWith(`${path}/`)),
    documents: paths.filter((path) => path.endsWith(".md")),
    packages: folders.map((folder) => ({
      folder,
      packageJson: JSON.parse(read(`${folder}/package.json`)) as PackageJson,
      files: paths
        .filter((path) => path.startsWith(`${folder}/`))
        .map((path) => path.slice(folder.length + 1)),
    })),
  };
}
