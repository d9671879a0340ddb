import { createRequire } from "node:module";
import type { SynthCheck } from "cf-types";
import { InfraError } from "../infra-error.ts";

/**
 * Returns the check that a package exports as `checkSynthesizedSite` from its entry `./synth-check`;
 * undefined for a package without that entry.
 *
 * @param resolveFrom A file; the package is looked for as if that file imported it.
 * @throws {InfraError} `NOT_AN_EDGE_FUNCTION` when the entry exports no such function.
 */
export function loadSynthCheck(
  packageName: string,
  resolveFrom: string,
): SynthCheck<object> | undefined {
  const require = createRequire(resolveFrom);
  const entry = `${packageName}/synth-check`;
  let file: string;
  try {
    file = require.resolve(entry);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ERR_PACKAGE_PATH_NOT_EXPORTED")
      return undefined;
    throw error;
  }
  const { checkSynthesizedSite } = require(file) as Partial<
    Record<"checkSynthesizedSite", SynthCheck<object>>
  >;
  if (typeof checkSynthesizedSite === "function") return checkSynthesizedSite;
  throw new InfraError(
    "NOT_AN_EDGE_FUNCTION",
    `${JSON.stringify(entry)} has no check: got ${JSON.stringify(typeof checkSynthesizedSite)} as checkSynthesizedSite. Export a SynthCheck of that name, or take the entry out of the package's exports.`,
  );
}
