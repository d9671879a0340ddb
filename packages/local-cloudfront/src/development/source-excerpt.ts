import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Lines of a source around the one in which an error was thrown. */
export interface SourceExcerpt {
  readonly file: string;
  readonly line: number;
  readonly lines: readonly { readonly number: number; readonly text: string }[];
}

const linesAround = 4;
const maxLineCharacters = 300;

/**
 * Returns the source that a stack begins in; undefined where no frame names a file of this machine that is the
 * function's own.
 *
 * @param stack with its positions mapped to the sources, as far as there are source maps
 */
export function sourceExcerpt(stack: string): SourceExcerpt | undefined {
  for (const [, place = "", line = ""] of stack.matchAll(
    /\(?((?:file:\/\/)?\/[^\s()]+?):(\d+):\d+\)?$/gm,
  )) {
    if (place.includes("/node_modules/")) continue;
    const file = place.startsWith("file:") ? fileURLToPath(place) : place;
    const source = readSource(file);
    if (source !== undefined) return excerptOf(file, Number(line), source);
  }
  return undefined;
}

function excerptOf(file: string, line: number, source: string): SourceExcerpt {
  const first = Math.max(1, line - linesAround);
  const lines = source.split("\n").slice(first - 1, line + linesAround);
  return {
    file,
    line,
    lines: lines.map((text, index) => ({
      number: first + index,
      text: text.slice(0, maxLineCharacters),
    })),
  };
}

function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch {
    return undefined;
  }
}
