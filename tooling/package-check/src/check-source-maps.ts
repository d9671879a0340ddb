import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { type PackedPackage, readPacked } from "./packed-package.ts";

interface SourceMap {
  readonly sources: readonly string[];
  readonly sourcesContent?: readonly (string | null)[];
}

/** Returns the source maps in the tarball that do not lead a debugger to the source they were made of. */
export function checkSourceMaps(packed: PackedPackage): readonly string[] {
  return packed.files.flatMap((file) => {
    if (file.endsWith(".map")) return checkSourceMap(packed, file);
    if (!/\.c?js$/.test(file)) return [];
    const [, url] = /\/\/# sourceMappingURL=(.+)\s*$/.exec(readPacked(packed, file)) ?? [];
    if (url === undefined || packed.files.includes(join(dirname(file), url))) return [];
    return [
      `${file} of ${packed.source.name} names a source map that is not in the tarball: got ${JSON.stringify(url)}. Publish the map or leave out the comment.`,
    ];
  });
}

function checkSourceMap(packed: PackedPackage, file: string): readonly string[] {
  const { sources, sourcesContent = [] }: SourceMap = JSON.parse(readPacked(packed, file));
  return sources.flatMap((source, index) => {
    const content = sourcesContent[index] ?? undefined;
    if (content !== undefined && content === readSource(packed, file, source)) return [];
    return [
      `${file} of ${packed.source.name} does not carry the source that it was made of: got ${JSON.stringify(source)} ${content === undefined ? "without its text" : "with another text"}. Set inlineSources in tsconfig.base.json and build again.`,
    ];
  });
}

/** The bundler names its sources relative to the package, the compiler relative to the map. */
function readSource({ folder }: PackedPackage, file: string, source: string): string | undefined {
  const base = file.startsWith("dist/lambda/") && !source.startsWith("../") ? "" : dirname(file);
  try {
    return readFileSync(join(folder, base, source), "utf8");
  } catch {
    return undefined;
  }
}
