import type { AppPages } from "./app-pages.ts";
import { hasCharacter } from "./character-set.ts";

/**
 * Returns whether a page's decoded path can hold a "%": where none can, a path is compared as it is before
 * it is decoded.
 */
export function pagesHavePercent(
  automata: AppPages["automata"],
  pagePaths: readonly string[],
): boolean {
  const known = automata.filter((each) => each !== undefined);
  return (
    known.length < automata.length ||
    pagePaths.length > 0 ||
    known.some(({ sets }) => sets.some((set) => hasCharacter(set, "%")))
  );
}
