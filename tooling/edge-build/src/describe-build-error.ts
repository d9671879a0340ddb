import { join, relative } from "node:path";
import { type BuildFailure, formatMessages, type Message } from "esbuild";
import type { EdgeBuildError } from "./edge-build-error.ts";

/**
 * Returns what a person sees of a failed build: where the bundler stumbled, with the lines around it and the
 * file's path from the working directory; the error's own message where there is no such place.
 *
 * @param packageFolder of the function that was built
 */
export async function describeBuildError(
  error: EdgeBuildError,
  packageFolder: string,
  coloured = false,
): Promise<string> {
  const { errors = [] } = (error.cause ?? {}) as Partial<BuildFailure>;
  if (errors.length === 0) return error.message;
  const located = errors.map((message) => inPackage(message, packageFolder));
  const frames = await formatMessages(located, { kind: "error", color: coloured });
  return frames.join("").trimEnd();
}

function inPackage(message: Message, packageFolder: string): Message {
  const { location } = message;
  if (location === null) return message;
  const file = relative(process.cwd(), join(packageFolder, location.file));
  return { ...message, location: { ...location, file } };
}
