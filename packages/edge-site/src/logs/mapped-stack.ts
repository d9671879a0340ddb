import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { originalPositionFor, TraceMap } from "@jridgewell/trace-mapping";

/** The source maps of a function's files, as it is deployed. */
export type SourceMapOf = (file: string) => TraceMap | undefined;

const place = /(?:file:\/\/)?\/var\/task\/([^\s():]+):(\d+):(\d+)/;

/** Returns lines of a stack with the places of the sources in TypeScript, as far as there are maps. */
export function mappedStack(stack: readonly string[], sourceMapOf: SourceMapOf): readonly string[] {
  return stack.map((line) => {
    const [whole, file = "", row, column] = place.exec(line) ?? [];
    const map = whole === undefined ? undefined : sourceMapOf(file);
    if (whole === undefined || map === undefined) return line;
    const original = originalPositionFor(map, { line: Number(row), column: Number(column) - 1 });
    if (original.source === null) return line;
    return line.replace(whole, `${original.source}:${original.line}:${original.column + 1}`);
  });
}

/**
 * Returns the source maps of a function of which a package's artefact lies in each folder.
 *
 * @param folders Absolute, by the folder of the code; `""` where the function is one package.
 */
export function sourceMapsIn(folders: ReadonlyMap<string, string>): SourceMapOf {
  const known = new Map<string, TraceMap | undefined>();
  return (file) => {
    const folder = posix.dirname(file);
    const artefact = folders.get(folder === "." ? "" : folder);
    if (artefact === undefined) return undefined;
    if (!known.has(file)) known.set(file, readMap(join(artefact, `${posix.basename(file)}.map`)));
    return known.get(file);
  };
}

function readMap(path: string): TraceMap | undefined {
  return existsSync(path) ? new TraceMap(readFileSync(path, "utf8")) : undefined;
}
