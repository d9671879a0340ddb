import type { AppPages } from "./app-pages.ts";
import type { Automaton } from "./automaton.ts";
import { type CharacterSet, hasCharacter, unionOf } from "./character-set.ts";
import type { CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";

/** Where a path may go on with most characters, there is no use in a table of them. */
const mostBegins = 128;

/** Returns what is known of the characters of all pages: with it, most other paths need no further test. */
export function pageCharacters(
  automata: AppPages["automata"],
  pagePaths: readonly string[],
  ignoreCase: boolean,
): Pick<CompiledSpaRewrite, "begins" | "hasPercent"> {
  const known = automata.filter((each) => each !== undefined);
  const isKnown = known.length === automata.length;
  return {
    begins: isKnown ? beginsOf(known, pagePaths, ignoreCase) : null,
    hasPercent:
      !isKnown ||
      pagePaths.length > 0 ||
      known.some(({ sets }) => sets.some((set) => hasCharacter(set, "%"))),
  };
}

function beginsOf(
  automata: readonly Automaton[],
  pagePaths: readonly string[],
  ignoreCase: boolean,
): CompiledSpaRewrite["begins"] {
  const second = automata.flatMap(({ sets, next }) =>
    [...(next[0] ?? [])].flatMap((slash) =>
      [...(next[slash] ?? [])].flatMap((each) => sets[each] ?? []),
    ),
  );
  const isRoot = automata.some(({ next, last }) =>
    [...(next[0] ?? [])].some((each) => last.has(each)),
  );
  const ofPages = pagePaths.map((path) => path.charCodeAt(1) || 0);
  const ranges: CharacterSet = unionOf([
    ...second,
    // Any character can be percent-encoded.
    [percent, percent],
    ...ofPages.map((each) => [each, each] as const),
    ...(isRoot ? [[0, 0] as const] : []),
  ]);
  const count = ranges.reduce((sum, [from, to]) => sum + to - from + 1, 0);
  const hasOtherCases = ignoreCase && (ranges.at(-1)?.[1] ?? 0) > lastOfAscii;
  if (count > mostBegins || hasOtherCases) return null;
  return Array.from({ length: lastOfAscii + 1 }, (_, code) => {
    return hasCharacter(ranges, String.fromCharCode(code)) ? 1 : 0;
  });
}

const percent = "%".charCodeAt(0);
const lastOfAscii = 0x7f;
