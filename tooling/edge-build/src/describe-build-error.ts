import { type BuildFailure, formatMessages } from "esbuild";
import type { EdgeBuildError } from "./edge-build-error.ts";

/**
 * Returns what a person sees of a failed build: where the bundler stumbled, with the lines around it;
 * the error's own message where there is no such place.
 */
export async function describeBuildError(error: EdgeBuildError, coloured = false): Promise<string> {
  const { errors } = (error.cause ?? {}) as Partial<BuildFailure>;
  if (errors === undefined || errors.length === 0) return error.message;
  const frames = await formatMessages(errors, { kind: "error", color: coloured });
  return frames.join("").trimEnd();
}
