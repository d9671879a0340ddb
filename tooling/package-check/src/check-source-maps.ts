import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { bundledDependencyOf, isSourceOf } from "./bundled-dependency.ts";
import { type PackedPackage, readPacked } from "./packed-package.ts";
import type { SourceMap } from "./source-map.ts";

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
  const map: SourceMap = JSON.parse(readPacked(packed, file));
  const { sourceRoot = "", sources, sourcesContent = [] } = map;
  const folder = join(packed.folder, dirname(file), sourceRoot);
  return sources.flatMap((source, index) => {
    const content = sourcesContent[index] ?? undefined;
    if (content !== undefined && (isMade(source) || isText(join(folder, source), content)))
      return [];
    return [
      `${file} of ${packed.source.name} does not carry the source that it was made of: got ${JSON.stringify(source)} ${content === undefined ? "without its text" : "with another text"}. Set inlineSources in tsconfig.base.json and build again.`,
    ];
  });
}

/** Where a bundled dependency names a map of its own, to sources that it may not publish. */
const ownMap = /^\/\/# sourceMappingURL=.*\s*$/m;

/** Tells whether a bundler's plugin made the source, as in `plugin:path`: there is no file of it. */
function isMade(source: string): boolean {
  return /^[\w-]+:(?!\/\/)/.test(source);
}

/** Tells whether a source has this text; a bundled dependency may publish it in its own maps only. */
function isText(source: string, text: string): boolean {
  const published = readSource(source);
  if (published === text || published?.replace(ownMap, "") === text) return true;
  const dependency = bundledDependencyOf(source);
  return dependency !== undefined && isSourceOf(dependency, text);
}

function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
