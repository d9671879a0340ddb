import { basename } from "node:path";
import type { CompilerOf } from "cf-types";
import { shown } from "option-checks";
import { loadPackageExport } from "../artefact/load-package-export.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import type { OptionsOfFunction } from "./options-with-site-files.ts";

/**
 * Refuses options as their author writes them, where the package's compile function was to make plain JSON of them.
 *
 * @param configFile Absolute path; the package is looked for as if that file imported it.
 * @throws {EdgeSiteError} `INVALID_CONFIG`, naming that function.
 */
export function refusePlainOptions(
  { subject, packageName, config }: OptionsOfFunction,
  configFile: string,
): void {
  const compiler = compilerOf(packageName, configFile)?.(config);
  if (compiler === undefined) return;
  throw new EdgeSiteError(
    "INVALID_CONFIG",
    `${basename(configFile)}: ${subject} holds options that are not compiled: got ${shown(config)}. Write: config: ${compiler}({ … }), from ${JSON.stringify(packageName)}.`,
  );
}

/** What is missing of a package is told where its artefact is read. */
function compilerOf(packageName: string, configFile: string): CompilerOf | undefined {
  try {
    const name = "compilerOf";
    return loadPackageExport<CompilerOf>(
      { packageName, entry: "synth-check", name, isOptional: true },
      configFile,
    );
  } catch (cause) {
    if (cause instanceof EdgeSiteError) throw cause;
    return undefined;
  }
}
