import type { Rule, Workspace, WorkspacePackage } from "../workspace.ts";

const publishedFiles = [
  "LICENSE",
  "README.md",
  "api.md",
  "src/index.ts",
  "tsconfig.build.json",
  "tsconfig.json",
  "vitest.config.ts",
];
const publishedScripts = ["build", "lint", "typecheck", "test", "test:watch", "check"];
const scripts = ["lint", "typecheck"];

/** Packages of a kind look alike: the same files, the same scripts, an index that only lists. */
export const packageShape: Rule = (workspace) =>
  workspace.packages.flatMap((each) =>
    each.folder.startsWith("packages/")
      ? [...missingFiles(each), ...wrongFields(each), ...indexLogic(each, workspace)]
      : wrongPrivateFields(each),
  );

function missingFiles({ folder, files, packageJson }: WorkspacePackage): readonly string[] {
  const expected =
    packageJson.version === "0.0.0" ? publishedFiles : ["CHANGELOG.md", ...publishedFiles];
  return expected
    .filter((path) => !files.includes(path))
    .map(
      (path) =>
        `${folder} lacks a file that every published package has: got no ${JSON.stringify(path)}. Make it like that of packages/spa-rewrite; "pnpm report" writes api.md.`,
    );
}

function wrongFields({ folder, packageJson }: WorkspacePackage): readonly string[] {
  const { description = "", license, type, files = [], exports = {} } = packageJson;
  const wrong: readonly (readonly [string, boolean])[] = [
    ["description is a sentence", /^[A-Z].*\.$/.test(description)],
    ['license is "MIT"', license === "MIT"],
    ['type is "module"', type === "module"],
    [
      'files has "CHANGELOG.md" and "dist"',
      files.includes("CHANGELOG.md") && files.includes("dist"),
    ],
    ['exports has "." and "./package.json"', "." in exports && "./package.json" in exports],
    ['exports has "cf-edge-source" first wherever it has "types"', exportsSources(exports)],
    ...publishedScripts.map(
      (name) =>
        [
          `scripts has ${JSON.stringify(name)}`,
          Object.hasOwn(packageJson.scripts ?? {}, name),
        ] as const,
    ),
  ];
  return unmet(`${folder}/package.json`, wrong);
}

/**
 * Inside the workspace a package is its sources; what is published has none. Declarations that are
 * written by hand are their own source.
 */
function exportsSources(exports: Readonly<Record<string, unknown>>): boolean {
  return Object.values(exports).every((target) => {
    const conditions = Object.keys(Object(target));
    if (String(Object(target).types).startsWith("./lib/")) return true;
    return !conditions.includes("types") || conditions[0] === "cf-edge-source";
  });
}

function wrongPrivateFields({ folder, packageJson }: WorkspacePackage): readonly string[] {
  return unmet(`${folder}/package.json`, [
    ["private is true", packageJson.private === true],
    // pnpm packs a package only when each workspace that it names has a version.
    ['version is "0.0.0"', packageJson.version === "0.0.0"],
    ...scripts.map(
      (name) =>
        [
          `scripts has ${JSON.stringify(name)}`,
          Object.hasOwn(packageJson.scripts ?? {}, name),
        ] as const,
    ),
  ]);
}

function unmet(file: string, wishes: readonly (readonly [string, boolean])[]): readonly string[] {
  return wishes
    .filter(([, isMet]) => !isMet)
    .map(([wish]) => `${file} is not like the others. Change it so that ${wish}.`);
}

function indexLogic({ folder, files }: WorkspacePackage, { read }: Workspace): readonly string[] {
  if (!files.includes("src/index.ts")) return [];
  const rest = read(`${folder}/src/index.ts`)
    .replace(/^export (?:type )?\{[^}]*\} from "[^"]+";$/gm, "")
    .trim();
  if (rest === "") return [];
  return [
    `${folder}/src/index.ts is more than a list: got ${JSON.stringify(rest.split("\n")[0])}. Write only lines of the form: export { a } from "./a.ts";`,
  ];
}
