import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";
import { checkCloudFrontJs, runtimeModules } from "cf-rules/cloudfront-js";
import { type Bundle, bundleEntry } from "./bundle-entry.ts";
import { EdgeBuildError } from "./edge-build-error.ts";

/** An entry of a package for CloudFront Functions. */
export interface CloudFrontFunctionEntry {
  /** As in `src/cloudfront-function.ts`. */
  readonly entry: string;
  /** The file that it imports its options from. */
  readonly configFile: string;
}

/** The entry of a package's CloudFront Function. */
export const cloudFrontFunctionEntry: CloudFrontFunctionEntry = {
  entry: "src/cloudfront-function.ts",
  configFile: "inline-config.json",
};

/** The entry for options that do not fit into the code: it reads a key value store. */
export const keyValueStoreEntry: CloudFrontFunctionEntry = {
  entry: "src/cloudfront-function-store.ts",
  configFile: "stored-config.json",
};

/** Returns the entry of a variant with less code: it finds its options where the whole one does. */
export function variantEntry(name: string): CloudFrontFunctionEntry {
  return { ...cloudFrontFunctionEntry, entry: `src/cloudfront-function-${name}.ts` };
}

const runtime = "cloudfront-js-2.0";

/**
 * What esbuild is to lower, or to refuse where it cannot. What it writes without asking is left to the parse
 * gate (FN-I-44).
 */
const supported: Readonly<Record<string, boolean>> = {
  "array-spread": false,
  "async-generator": false,
  bigint: false,
  class: false,
  "default-argument": false,
  destructuring: false,
  "dynamic-import": false,
  "for-await": false,
  "for-of": false,
  generator: false,
  "import-meta": false,
  "logical-assignment": false,
  "new-target": false,
  "nullish-coalescing": false,
  "object-rest-spread": false,
  "optional-catch-binding": false,
  "optional-chain": false,
  "top-level-await": false,
};

/**
 * Bundles an entry for CloudFront Functions and all that it imports, except its options: the body of a function that finds them in
 * `config`, the module `cloudfront` in `cf`, and assigns its handler to `member`. Whoever deploys it declares the
 * three, since one function may have several members.
 *
 * @param packageFolder Real absolute path: a symbolic link would show in the source map.
 * @throws {EdgeBuildError} `NOT_BUNDLED`, `FOREIGN_IMPORT`, `INVALID_ENTRY`, or `NOT_IN_RUNTIME` when the bundle
 *   has what the runtime of CloudFront Functions lacks.
 */
export async function bundleCloudFrontFunction(
  packageFolder: string,
  { entry, configFile }: CloudFrontFunctionEntry,
): Promise<Bundle> {
  const bundle = await bundleEntry({
    packageFolder,
    entry,
    configFile,
    configModule: "export default config;",
    exportHandler: "member = handler;",
    runtimeModules: runtimeModules[runtime].filter((name) => name !== "cloudfront"),
    foreignRemedy: `A CloudFront Function may import nothing but ./${configFile} and what is bundled.`,
    // As a script it would wrap the runtime's own `require`.
    esbuild: { format: "cjs", target: "es2017", supported },
  });
  refuseForeignCode(bundle, entry);
  return bundle;
}

function refuseForeignCode({ code, sourceMap }: Bundle, entry: string): void {
  const { violation, absences } = checkCloudFrontJs(code, { runtime });
  const found = violation ?? absences.find(({ name }) => !freeNames.has(name));
  if (found === undefined) return;
  const where = sourceAt(sourceMap, code, found.offset) ?? entry;
  const what = `${where} does not run in ${runtime}: ${found.text}. ${found.remedy}`;
  throw new EdgeBuildError("NOT_IN_RUNTIME", what);
}

/** What whoever deploys the bundle declares. */
const freeNames: ReadonlySet<string> = new Set(["config", "cf", "member"]);

function sourceAt(sourceMap: string, code: string, offset: number): string | undefined {
  const before = code.slice(0, offset).split("\n");
  const position = { line: before.length, column: before.at(-1)?.length ?? 0 };
  const { source, line } = originalPositionFor(new TraceMap(sourceMap), position);
  return source === null ? undefined : `${source.replace(/^(\.\.\/)+/, "")}:${line}`;
}
