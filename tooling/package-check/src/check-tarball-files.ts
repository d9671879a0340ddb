import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { bundledNames } from "./bundled-dependency.ts";
import { artefactBundles, artefactEntries, edgeArtefacts } from "./edge-artefacts.ts";
import type { PackedPackage } from "./packed-package.ts";

const always = ["LICENSE", "README.md", "package.json"];
/** What entry points share, and what a thread starts with. */
const behindEntries = /^dist\/(?:bundle|worker\/[\w-]+)\.cjs(?:\.map)?$/;
/** Folders whose files go into the tarball as they are written. */
const writtenAsShipped = ["bin", "iam", "rules"];
const notBuilt = /\.test(-d)?\.ts$|\.d\.json\.ts$/;

/** Returns what is in the tarball and should not be, and what should be and is not. */
export function checkTarballFiles(packed: PackedPackage): readonly string[] {
  const expected = new Set(expectedFiles(packed));
  const present = new Set(packed.files);
  const { name } = packed.source;
  return [
    ...packed.files
      .filter((file) => !expected.has(file))
      .map(
        (file) =>
          `The tarball of ${name} holds a file that its src does not explain: got ${JSON.stringify(file)}. Delete dist and build again, or name the file's folder more narrowly in "files".`,
      ),
    ...[...expected]
      .filter((file) => !present.has(file))
      .map(
        (file) =>
          `The tarball of ${name} lacks a file: got no ${JSON.stringify(file)}. Build the package, and see that "files" in package.json names its folder.`,
      ),
  ];
}

function expectedFiles(packed: PackedPackage): readonly string[] {
  const { folder, source } = packed;
  const isBundled = /\bbundle\b/.test(source.scripts?.["build"] ?? "");
  const hasCode = !isBundled && /\.js"/.test(JSON.stringify(source.exports));
  const entries = artefactEntries(source);
  const built = readdirSync(join(folder, "src"), { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    // A bundler puts JSON inside.
    .filter((path) => (isBundled ? /\.ts$/ : /\.(ts|json)$/).test(path) && !notBuilt.test(path))
    .filter((path) => !entries.includes(path))
    .flatMap((path) => builtFrom(path, hasCode));
  // A package that has never been released has no changelog yet.
  const changelog = existsSync(join(folder, "CHANGELOG.md")) ? ["CHANGELOG.md"] : [];
  return [
    ...always,
    ...changelog,
    ...built,
    ...handWritten(source.exports),
    ...writtenAsShipped.flatMap((name) => filesIn(folder, name)),
    ...(isBundled ? bundles(packed) : []),
    ...licences(packed),
    ...page(packed),
    ...edgeArtefacts(folder, source).map(({ manifest }) => manifest),
    ...withMap(artefactBundles(folder, source)),
  ];
}

function filesIn(folder: string, name: string): readonly string[] {
  const path = join(folder, name);
  return existsSync(path) ? readdirSync(path).map((file) => `${name}/${file}`) : [];
}

/** Declarations in `lib` that no source is built to. */
function handWritten(exports: unknown): readonly string[] {
  return JSON.stringify(exports).match(/lib\/[\w.-]+\.d\.ts(?=")/g) ?? [];
}

function bundles({ source, files }: PackedPackage): readonly string[] {
  const entries = JSON.stringify(source.exports).match(/dist\/[\w/-]+\.js(?=")/g) ?? [];
  const commands = source.bin === undefined ? [] : ["dist/cli.cjs"];
  return [
    ...withMap([...entries, ...commands]),
    ...files.filter((file) => behindEntries.test(file)),
  ];
}

/** Whoever publishes a bundle publishes the licences of what is in it. */
function licences(packed: PackedPackage): readonly string[] {
  return [...bundledNames(packed)].map((name) => `dist/${name.replace("/", "-")}.LICENSE.md`);
}

/**
 * The page that `vite build FOLDER` makes: its document, the licences of what it bundles, what is
 * copied as it is, hashed assets.
 */
function page({ folder, source, files }: PackedPackage): readonly string[] {
  const [, name] = /\bvite build (?:--\w+ \w+ )*(\w+)/.exec(source.scripts?.["build"] ?? "") ?? [];
  if (name === undefined) return [];
  const asset = new RegExp(`^dist/${name}-page/assets/[\\w-]+\\.(?:css|js)$`);
  const copied = join(folder, name, "public");
  return [
    `dist/${name}-page/index.html`,
    `dist/${name}-page/licences.md`,
    ...(existsSync(copied) ? readdirSync(copied) : []).map((file) => `dist/${name}-page/${file}`),
    ...files.filter((file) => asset.test(file)),
  ];
}

function withMap(files: readonly string[]): readonly string[] {
  return files.flatMap((file) => [file, `${file}.map`]);
}

function builtFrom(path: string, hasCode: boolean): readonly string[] {
  if (path.endsWith(".json")) return [`dist/${path}`];
  const stem = `dist/${path.slice(0, -".ts".length)}`;
  return hasCode ? [`${stem}.d.ts`, `${stem}.js`, `${stem}.js.map`] : [`${stem}.d.ts`];
}
