import { createRequire } from "node:module";
import { posix } from "node:path";
import type {
  CompilerOf,
  NavigationOf,
  OnlyLambdaEdge,
  PermissionsOf,
  PolicyRemedies,
  ResponseHeadersPolicyOf,
  StoredConfig,
  SynthCheck,
  WithSiteFiles,
} from "cf-types";
import { EdgeSiteError } from "../edge-site-error.ts";

/** What a function package may export for the synth of a site. */
interface SynthExports {
  readonly checkSynthesizedSite: SynthCheck<object>;
  readonly compilerOf: CompilerOf;
  readonly inlineConfig: (config: object) => object;
  readonly navigationOf: NavigationOf<object>;
  readonly onlyLambdaEdge: OnlyLambdaEdge<object>;
  readonly permissionsOf: PermissionsOf<object>;
  readonly policyRemedies: PolicyRemedies;
  readonly responseHeadersPolicy: ResponseHeadersPolicyOf<object>;
  readonly storedConfig: StoredConfig<object>;
  readonly withSiteFiles: WithSiteFiles<object>;
}

const synthCheck = "./synth-check";

/** Those with an entry of their own; the others are in `synthCheck`. */
const ownEntries: Readonly<Partial<Record<keyof SynthExports, string>>> = {
  inlineConfig: "./inline-config",
  responseHeadersPolicy: "./response-headers-policy",
  storedConfig: "./stored-config",
  withSiteFiles: "./site-files",
};

/**
 * Returns what a function package exports for the synth; undefined for a package without its entry, or without an
 * export that `./synth-check` may lack.
 *
 * @param resolveFrom A file; the package is looked for as if that file imported it.
 * @throws {EdgeSiteError} `NOT_AN_EDGE_FUNCTION` when the entry exports no such function.
 */
export function loadSynthExport<Name extends keyof SynthExports>(
  name: Name,
  packageName: string,
  resolveFrom: string,
): SynthExports[Name] | undefined {
  const { [name]: entry = synthCheck } = ownEntries;
  const exports = readEntry(packageName, entry, resolveFrom);
  const isOptional = entry === synthCheck && name !== "checkSynthesizedSite";
  if (isOptional && exports?.[name] === undefined) return undefined;
  return exports && functionIn<SynthExports[Name]>(exports, name, packageName, entry);
}

/**
 * Returns a function that a package exports itself; undefined for a package of other entries alone.
 *
 * @param resolveFrom A file; the package is looked for as if that file imported it.
 * @throws {EdgeSiteError} `NOT_AN_EDGE_FUNCTION` when it exports no such function.
 */
export function loadPackageExport<Exported>(
  name: string,
  packageName: string,
  resolveFrom: string,
): Exported | undefined {
  const exports = readEntry(packageName, ".", resolveFrom);
  return exports && functionIn<Exported>(exports, name, packageName, ".");
}

type Exports = Readonly<Record<string, unknown>>;

function readEntry(packageName: string, entry: string, resolveFrom: string): Exports | undefined {
  const require = createRequire(resolveFrom);
  let file: string;
  try {
    file = require.resolve(posix.join(packageName, entry));
  } catch (error) {
    if (isNotExported(error)) return undefined;
    throw error;
  }
  return require(file) as Exports;
}

function functionIn<Exported>(
  exports: Exports,
  name: string,
  packageName: string,
  entry: string,
): Exported {
  const { [name]: exported } = exports;
  if (typeof exported === "function") return exported as Exported;
  throw new EdgeSiteError(
    "NOT_AN_EDGE_FUNCTION",
    `${JSON.stringify(posix.join(packageName, entry))} exports no function ${name}: got ${JSON.stringify(typeof exported)}. Export it, or take ${JSON.stringify(entry)} out of the package's exports.`,
  );
}

function isNotExported(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED"
  );
}
