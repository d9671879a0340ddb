import { closestMatch } from "leven";

const minPrefix = 4;

/**
 * Returns the sentence that ends an error: the allowed name that is most like the given one, else all of
 * them.
 *
 * @param write How a name is written in the sentence, as in `JSON.stringify`.
 */
export function didYouMean(
  given: string,
  allowed: readonly string[],
  write: (name: string) => string = String,
): string {
  const meant = likeliest(given, allowed);
  return meant === undefined
    ? `Allowed: ${allowed.map(write).join(", ")}.`
    : `Did you mean ${write(meant)}?`;
}

/** Returns the name that is most like the given one, or begins with it; undefined where none is like it. */
export function likeliest(given: string, names: readonly string[]): string | undefined {
  // A third of the letters, in which two that are swapped count as two: more would make all short words alike.
  const maxDistance = Math.min(3, Math.ceil(given.length / 3));
  return (
    closestMatch(given, [...names], { maxDistance }) ??
    names.find((name) => given.length >= minPrefix && name.startsWith(given))
  );
}
