import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { PackageJson } from "./package-json.ts";

/** An artefact that edge-build makes of a function package, and how the package offers it. */
export interface EdgeArtefact {
  readonly engine: "lambda-edge" | "cloudfront-function";
  /** The source that it is made of. */
  readonly entry: string;
  /** Its bundle, within the package. */
  readonly bundle: string;
  readonly manifest: string;
  /** What `exports` names for it: what is exported, by entry point. */
  readonly exports: Readonly<Record<string, string>>;
}

const all: readonly EdgeArtefact[] = [
  artefact("lambda-edge", "lambda", "index.cjs", "./manifest"),
  artefact("cloudfront-function", "cloudfront-function", "index.js"),
];

/** Returns the artefacts that a function package has the entries for; none of any other package. */
export function edgeArtefacts(
  folder: string,
  { edgeFunction }: Pick<PackageJson, "edgeFunction">,
): readonly EdgeArtefact[] {
  if (edgeFunction === undefined) return [];
  return all.filter(({ entry }) => existsSync(join(folder, entry)));
}

/** The entry points of artefacts: no module with types is behind them. */
export const artefactEntryPoints: readonly string[] = all.flatMap(({ exports }) =>
  Object.keys(exports),
);

/** Other entries of a CloudFront Function, each with its bundle beside that of the first: for a key value store, and those that package.json names. */
function variantsOf({
  edgeFunction,
}: Pick<PackageJson, "edgeFunction">): readonly Pick<EdgeArtefact, "entry" | "bundle">[] {
  return ["store", ...(edgeFunction?.cloudFrontFunction?.variants ?? [])].map((name) => ({
    entry: `src/cloudfront-function-${name}.ts`,
    bundle: `dist/cloudfront-function/index-${name}.js`,
  }));
}

/** Returns the sources of artefacts, within `src`: the compiler leaves them to edge-build. */
export function artefactEntries(packageJson: Pick<PackageJson, "edgeFunction">): readonly string[] {
  return [...all, ...variantsOf(packageJson)].map(({ entry }) => entry.replace(/^src\//, ""));
}

/** Returns the bundles of a function package's artefacts. */
export function artefactBundles(
  folder: string,
  packageJson: Pick<PackageJson, "edgeFunction">,
): readonly string[] {
  const artefacts = edgeArtefacts(folder, packageJson);
  const variants = artefacts.length === 0 ? [] : variantsOf(packageJson);
  const built = variants.filter(({ entry }) => existsSync(join(folder, entry)));
  return [...artefacts, ...built].map(({ bundle }) => bundle);
}

/** Returns a finding for each artefact that the package's `exports` do not lead to. */
export function checkArtefactExports(folder: string, packageJson: PackageJson): readonly string[] {
  return edgeArtefacts(folder, packageJson).flatMap(({ entry, exports }) =>
    Object.entries(exports)
      .filter(([path, file]) => packageJson.exports?.[path] !== file)
      .map(
        ([path, file]) =>
          `exports of ${packageJson.name} does not lead to the artefact of ${entry}: got ${JSON.stringify(packageJson.exports?.[path]) ?? "nothing"} for ${JSON.stringify(path)}. Write: ${JSON.stringify(path)}: ${JSON.stringify(file)}.`,
      ),
  );
}

/** What a manifest says of its artefact. Not the type of cf-types: cf-types is checked by this tool itself. */
export interface ArtefactManifest {
  readonly packageName: string;
  readonly eventType: string;
  readonly runtime: string;
  /** Of Lambda@Edge, as the next one. */
  readonly memoryMb?: number;
  readonly timeoutSeconds?: number;
  readonly bundle: { readonly bytes: number };
}

/** Reads the manifest of an artefact that has been built. */
export function readManifest(folder: string, { manifest }: EdgeArtefact): ArtefactManifest {
  return JSON.parse(readFileSync(join(folder, manifest), "utf8"));
}

function artefact(
  engine: EdgeArtefact["engine"],
  name: string,
  file: string,
  manifestPath = `./${name}/manifest`,
): EdgeArtefact {
  const bundle = `dist/${name}/${file}`;
  const manifest = `dist/${name}/manifest.json`;
  const exports = { [`./${name}`]: `./${bundle}`, [manifestPath]: `./${manifest}` };
  return { engine, entry: `src/${name}.ts`, bundle, manifest, exports };
}
