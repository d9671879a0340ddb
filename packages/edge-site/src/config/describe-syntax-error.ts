import { type BuildFailure, build, formatMessages } from "esbuild";

/**
 * Returns what is wrong with the syntax of a TypeScript file, or of the files that it imports by path,
 * with the lines around it; undefined where nothing is. Packages are not looked into.
 */
export async function describeSyntaxError(
  file: string,
  coloured = false,
): Promise<string | undefined> {
  try {
    await build({
      entryPoints: [file],
      write: false,
      bundle: true,
      platform: "node",
      packages: "external",
      logLevel: "silent",
    });
    return undefined;
  } catch (error) {
    const { errors } = error as BuildFailure;
    const frames = await formatMessages(errors, { kind: "error", color: coloured });
    return frames.join("").trimEnd();
  }
}
