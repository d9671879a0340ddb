import { posix } from "node:path";
import { parseSync } from "oxc-parser";
import type { Rule, Workspace, WorkspacePackage } from "../workspace.ts";

/** What each kind of workspace may depend on at run time. */
const doors: Readonly<Record<string, readonly string[]>> = {
  packages: ["packages"],
  apps: ["packages", "apps"],
  tooling: ["packages", "apps", "tooling"],
};
const functionDoors = [
  "cf-rules",
  "cf-types",
  "cf-command-line",
  "option-checks",
  "cf-site-files",
  "edge-handler",
  "protected-paths",
];
const ownTemplate = /^(?:template|test\/fixtures)\//;

/**
 * A file imports its own package by relative path and other packages by name, from among those that its
 * package.json names; a function depends on no package of the workspace but cf-types and what it uses at synth:
 * cf-rules, cf-command-line, option-checks, cf-site-files, edge-handler, protected-paths.
 */
export const packageDoors: Rule = (workspace) =>
  workspace.packages.flatMap((each) => [
    ...refusedDependencies(each, workspace),
    ...sourceFiles(each).flatMap((path) => refusedImports(each, path, workspace)),
  ]);

function refusedDependencies(
  { folder, packageJson }: WorkspacePackage,
  { packages }: Workspace,
): readonly string[] {
  const [kind = ""] = folder.split("/");
  const isFunction = packageJson.edgeFunction !== undefined;
  return Object.keys(packageJson.dependencies ?? {}).flatMap((name) => {
    const target = packages.find((each) => each.packageJson.name === name);
    if (target === undefined) return [];
    const [targetKind = ""] = target.folder.split("/");
    const allowed =
      doors[kind]?.includes(targetKind) && (!isFunction || functionDoors.includes(name));
    return allowed
      ? []
      : [
          `${folder}/package.json depends on a package that it has no door to: got ${JSON.stringify(name)}. ${isFunction ? `A function may depend on ${functionDoors.join(", ")}` : `What lies in ${kind} may depend on ${doors[kind]?.join(", ")}`}: move the code, or make it a devDependency if only tests need it.`,
        ];
  });
}

function sourceFiles({ files }: WorkspacePackage): readonly string[] {
  return files.filter((path) => /\.tsx?$/.test(path) && !ownTemplate.test(path));
}

function refusedImports(
  { folder, packageJson, files }: WorkspacePackage,
  path: string,
  { read }: Workspace,
): readonly string[] {
  const { name, dependencies = {}, devDependencies = {}, peerDependencies = {} } = packageJson;
  const shipped = /^(?:src|lib|bin)\//.test(path) && !/\.test(?:-d)?\.ts$/.test(path);
  const isPublished = folder.startsWith("packages/");
  // A package that is bundled carries in its own files what it does not depend on.
  const isBundled = files.includes("scripts/bundle.ts");
  const own = { ...dependencies, ...peerDependencies, [name]: "" };
  const known = { ...own, ...(shipped && isPublished && !isBundled ? {} : devDependencies) };
  return importsOf(`${folder}/${path}`, read).flatMap((specifier) => {
    if (specifier.startsWith(".")) {
      const target = posix.join(folder, posix.dirname(path), specifier);
      if (target === folder || target.startsWith(`${folder}/`) || target === "package.json")
        return [];
      return [
        `${folder}/${path} reaches into another package: got ${JSON.stringify(specifier)}. Import that package by its name.`,
      ];
    }
    // `astro:content` is a module that astro makes.
    const packageName = /^(?:@[^/]+\/)?[^/:]+/.exec(specifier)?.[0] ?? "";
    if (specifier.startsWith("node:") || isKnown(packageName, known)) return [];
    return [
      `${folder}/${path} imports a package that its package.json does not name: got ${JSON.stringify(specifier)}. Add it to ${shipped ? "dependencies" : "devDependencies"}.`,
    ];
  });
}

function isKnown(packageName: string, known: object): boolean {
  return Object.hasOwn(known, packageName) || Object.hasOwn(known, `@types/${packageName}`);
}

function importsOf(path: string, read: Workspace["read"]): readonly string[] {
  const { module } = parseSync(path, read(path));
  return [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => (moduleRequest === null ? [] : [moduleRequest.value])),
    ),
  ];
}
