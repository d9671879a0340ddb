import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname } from "node:path";
import { memberFolder } from "../artefact/composed-lambda.ts";
import type { MemberDigest } from "../artefact/edge-function-asset.ts";
import type { FunctionResource } from "../aws/function-resources.ts";
import { type SourceMapOf, sourceMapsIn } from "./mapped-stack.ts";

/** A deployed function whose logs are read. */
export interface LoggedFunction extends Pick<FunctionResource, "engine" | "physicalName"> {
  /** As in `spa-rewrite + locale`. */
  readonly name: string;
  readonly sourceMapOf: SourceMapOf;
}

/**
 * Returns a deployed function as its logs are read.
 *
 * @param configFile Absolute path; source maps are those of the packages as that file imports them.
 */
export function loggedFunction(
  { engine, physicalName, members }: FunctionResource,
  configFile: string,
): LoggedFunction {
  return {
    engine,
    physicalName,
    name: members.map(({ packageName }) => packageName).join(" + "),
    sourceMapOf: sourceMapsIn(foldersOf(members, configFile)),
  };
}

/** Of those packages alone whose code is the one that was deployed: other code has other places. */
function foldersOf(
  members: readonly MemberDigest[],
  configFile: string,
): ReadonlyMap<string, string> {
  const folders = members.flatMap(({ packageName, codeSha256 }, index) => {
    const bundle = bundleOf(packageName, configFile);
    if (bundle === undefined || sha256Of(bundle) !== codeSha256) return [];
    return [[members.length > 1 ? memberFolder(index) : "", dirname(bundle)] as const];
  });
  return new Map(folders);
}

function bundleOf(packageName: string, configFile: string): string | undefined {
  try {
    return createRequire(configFile).resolve(`${packageName}/lambda`);
  } catch {
    return undefined;
  }
}

function sha256Of(file: string): string {
  return createHash("sha256").update(readFileSync(file)).digest("hex");
}
