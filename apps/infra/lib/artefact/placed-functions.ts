import type { PolicyRemedies, ResponseHeadersPolicyOf } from "cf-types";
import { type EdgeFunctionAsset, readEdgeFunctionAsset } from "./edge-function-asset.ts";
import { InfraError } from "../infra-error.ts";
import { loadPackageExport } from "./load-package-export.ts";
import type { CompiledFunctionConfig } from "../site/prepare-site.ts";

/** The path pattern of the default cache behavior. */
export const defaultPathPattern = "*";

/** A function, and the cache behaviors that run it. */
export interface PlacedFunction {
  readonly asset: EdgeFunctionAsset;
  readonly pathPatterns: readonly string[];
  /** What its package's check at synth is to fail on. */
  readonly limits: Readonly<Record<string, unknown>> | undefined;
  /**
   * Returns the `ResponseHeadersPolicyConfig` of a name, for the responses that the function does not see;
   * undefined where its package offers none.
   */
  readonly responseHeadersPolicy: ((name: string) => object) | undefined;
  /** What in its options allows what its policy blocks, as `PolicyRemedies`; undefined where it sets none. */
  readonly policyRemedies?: Readonly<Record<string, string>> | undefined;
}

/**
 * Reads the artefacts of the configured functions and decides which cache behaviors run them.
 *
 * @param knownPathPatterns The distribution's, the default one included.
 * @param resolveFrom A file; the packages are looked for as if that file imported them.
 * @throws {InfraError} `INVALID_CONFIG` when a path pattern is unknown or two functions meet on one event
 *   type of a cache behavior; else as `readEdgeFunctionAsset`.
 */
export function placedFunctions(
  functions: readonly CompiledFunctionConfig[],
  knownPathPatterns: readonly string[],
  resolveFrom: string,
): readonly PlacedFunction[] {
  const placed = functions.map(({ package: packageName, config, pathPatterns, limits }, index) => {
    refuseUnknownPathPattern(`functions[${index}].pathPatterns`, pathPatterns, knownPathPatterns);
    const asset = readEdgeFunctionAsset({ packageName, config, resolveFrom });
    const policyOf = loadPackageExport<ResponseHeadersPolicyOf<object>>(
      { packageName, entry: "response-headers-policy", name: "responseHeadersPolicy" },
      resolveFrom,
    );
    const remediesOf = loadPackageExport<PolicyRemedies>(
      { packageName, entry: "synth-check", name: "policyRemedies", isOptional: true },
      resolveFrom,
    );
    const everywhere = asset.manifest.eventType.endsWith("-response");
    return {
      asset,
      limits,
      pathPatterns: pathPatterns ?? (everywhere ? knownPathPatterns : [defaultPathPattern]),
      policyRemedies: remediesOf?.(),
      responseHeadersPolicy: policyOf && ((name: string) => policyOf(config, { name })),
    };
  });
  refuseMeeting(placed);
  return placed;
}

function refuseUnknownPathPattern(
  subject: string,
  pathPatterns: readonly string[] = [],
  known: readonly string[],
): void {
  const index = pathPatterns.findIndex((pattern) => !known.includes(pattern));
  if (index === -1) return;
  throw new InfraError(
    "INVALID_CONFIG",
    `${subject}[${index}] is no cache behavior of this distribution: got ${JSON.stringify(pathPatterns[index])}. Allowed: ${known.map((pattern) => JSON.stringify(pattern)).join(", ")}.`,
  );
}

function refuseMeeting(placed: readonly PlacedFunction[]): void {
  const takenBy = new Map<string, string>();
  for (const { asset, pathPatterns } of placed) {
    const { eventType, packageName } = asset.manifest;
    for (const pathPattern of pathPatterns) {
      const spot = `${eventType} of cache behavior ${JSON.stringify(pathPattern)}`;
      const other = takenBy.get(spot);
      if (other !== undefined) {
        // LE-A-27
        throw new InfraError(
          "INVALID_CONFIG",
          `functions has two for ${spot}: got ${JSON.stringify([other, packageName])}. CloudFront runs one: leave one out, or give them different pathPatterns.`,
        );
      }
      takenBy.set(spot, packageName);
    }
  }
}
