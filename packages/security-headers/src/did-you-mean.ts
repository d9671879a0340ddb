import { closestMatch } from "leven";

/**
 * Returns the sentence that ends an error: what was meant, or else what is allowed.
 *
 * @param write How a name is written in the sentence, as in `JSON.stringify`.
 */
export function didYouMean(
  given: string,
  allowed: readonly string[],
  write: (name: string) => string = String,
): string {
  // A third of a word's letters: more would find a likeness between any two short words.
  const maxDistance = Math.min(3, Math.floor(given.length / 3));
  const meant = closestMatch(given, allowed, { maxDistance });
  return meant === undefined
    ? `Allowed: ${allowed.map(write).join(", ")}.`
    : `Did you mean ${write(meant)}?`;
}
