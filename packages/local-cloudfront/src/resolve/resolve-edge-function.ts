import type { EdgeFunction } from "../distribution/edge-functions.ts";
import type { FunctionVersion } from "./find-edge-function.ts";
import { lambdaSettings } from "./lambda-settings.ts";
import type { Resolution } from "./resolution.ts";
import { readEdgeFunctionManifest } from "./read-edge-function-manifest.ts";

/**
 * Resolves a version of a function; the same version gives the same object.
 *
 * @throws {CloudAssemblyError} when it cannot run here.
 */
export function resolveEdgeFunction(
  { lambda, arn, version }: FunctionVersion,
  resolution: Resolution,
): EdgeFunction {
  const known = resolution.edgeFunctions.get(arn);
  if (known !== undefined) return known;
  const settings = lambdaSettings(lambda, resolution);
  const { code } = settings;
  const edgeFunction: EdgeFunction = {
    ...settings,
    version,
    arn,
    manifest: code.kind === "folder" ? readEdgeFunctionManifest(code.path) : undefined,
  };
  resolution.edgeFunctions.set(arn, edgeFunction);
  return edgeFunction;
}
