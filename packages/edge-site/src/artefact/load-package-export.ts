import { createRequire } from "node:module";
import { EdgeSiteError } from "../edge-site-error.ts";

/** Which function of which entry of a package. */
export interface PackageExport {
  readonly packageName: string;
  /**
   * As in `synth-check`.
   * @default - the package itself
   */
  readonly entry?: string;
  readonly name: string;
  /**
   * Whether the entry may be without it.
   * @default false
   */
  readonly isOptional?: boolean;
}

/**
 * Returns a function that a package exports; undefined for a package without
 * that entry, or without the function where it may lack it.
 *
 * @param resolveFrom A file; the package is looked for as if that file imported it.
 * @throws {EdgeSiteError} `NOT_AN_EDGE_FUNCTION` when the entry exports no such function.
 */
export function loadPackageExport<Exported>(
  { packageName, entry, name, isOptional = false }: PackageExport,
  resolveFrom: string,
): Exported | undefined {
  const require = createRequire(resolveFrom);
  const path = entry === undefined ? packageName : `${packageName}/${entry}`;
  let file: string;
  try {
    file = require.resolve(path);
  } catch (error) {
    if (isNotExported(error)) return undefined;
    throw error;
  }
  const { [name]: exported } = require(file) as Readonly<Record<string, unknown>>;
  if (typeof exported === "function") return exported as Exported;
  if (exported === undefined && isOptional) return undefined;
  throw new EdgeSiteError(
    "NOT_AN_EDGE_FUNCTION",
    `${JSON.stringify(path)} exports no function ${name}: got ${JSON.stringify(typeof exported)}. Export it, or take ${JSON.stringify(entry === undefined ? "." : `./${entry}`)} out of the package's exports.`,
  );
}

function isNotExported(error: unknown): boolean {
  return (
    error instanceof Error && "code" in error && error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED"
  );
}
