import type { ReadyCacheHeaders } from "./ready-cache-headers.ts";

/** Of an object, and of a tag: what is beyond is not a tag (CF-P-01). */
const maxTags = 50;
const maxTagCharacters = 256;

/**
 * Returns the tags of an object, those that the origin gave it first, each once: tags are compared without regard to
 * case.
 *
 * @param own The origin's, separated by commas.
 * @param uri The path that went to the origin.
 */
export function tagsOf(
  { cacheTags }: ReadyCacheHeaders,
  own: string,
  uri: string,
): readonly string[] {
  const segments = uri.split("/");
  const given = cacheTags
    .filter(({ path }) => !path || path.test(uri))
    .flatMap(({ tags }) => tags.map((tag) => filled(tag, segments)));
  const tags = new Map<string, string>();
  for (const tag of [...own.split(",").map((each) => each.trim()), ...given]) {
    const name = tag.toLowerCase();
    if (tag !== "" && tag.length <= maxTagCharacters && !tags.has(name)) tags.set(name, tag);
  }
  return [...tags.values()].slice(0, maxTags);
}

/** Empty where the path has no such segment. */
function filled(tag: string, segments: readonly string[]): string {
  let isWhole = true;
  const text = tag.replace(/\{(\d)\}/g, (_, index: string) => {
    const segment = segments[Number(index)] ?? "";
    isWhole &&= segment !== "";
    return segment
      .toWellFormed()
      .replace(/[^!-+\--~]/gu, (character) =>
        character === "," ? "%2C" : encodeURIComponent(character),
      );
  });
  return isWhole ? text : "";
}
