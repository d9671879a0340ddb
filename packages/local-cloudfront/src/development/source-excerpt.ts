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
const maxFrames = 50;

/** A file and a line, in a frame such as `at handler (/app/src/handler.ts:3:5)`. */
const framePlace = /\(?((?:file:\/\/)?\/[^\s()]+?):(\d+):\d+\)?$/;

/**
 * Returns the source that a stack begins in; undefined where no frame names a file of this machine that is the
 * function's own.
 *
 * @param stack with its positions mapped to the sources, as far as there are source maps
 */
export function sourceExcerpt(stack: string): SourceExcerpt | undefined {
  for (const frame of stack.split("\n", maxFrames)) {
    if (frame.length > maxLineCharacters) continue;
    const [, place = "", line = ""] = framePlace.exec(frame) ?? [];
    if (place === "" || place.includes("/node_modules/")) continue;
    const source = readSource(place);
    if (source !== undefined) return excerptOf(source.file, Number(line), source.text);
  }
  return undefined;
}

function excerptOf(file: string, line: number, source: string): SourceExcerpt {
  const first = Math.max(1, line - linesAround);
  const lines = source
    .trimEnd()
    .split("\n")
    .slice(first - 1, line + linesAround);
  return {
    file,
    line,
    lines: lines.map((text, index) => ({
      number: first + index,
      text: text.slice(0, maxLineCharacters),
    })),
  };
}

/** @param place as a stack has it: a path, or a URL that may be none */
function readSource(place: string): { readonly file: string; readonly text: string } | undefined {
  try {
    const file = place.startsWith("file:") ? fileURLToPath(place) : place;
    return { file, text: readFileSync(file, "utf8") };
  } catch {
    return undefined;
  }
}
