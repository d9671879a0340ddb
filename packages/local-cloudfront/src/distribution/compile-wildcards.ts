/**
 * Returns a test for texts that match a pattern as a whole: `*` stands for any number of
 * characters, `?` for exactly one.
 *
 * The literal parts between the stars are looked for from left to right, each at the first place
 * where it fits; no place is ever given up again, so that no text can make the search explode.
 */
export function compileWildcards(pattern: string): (text: string) => boolean {
  const [first = "", ...rest] = pattern.split(/\*+/);
  const last = rest.pop();
  if (last === undefined) return (text) => text.length === first.length && fitsAt(text, first, 0);
  return (text) => {
    const end = text.length - last.length;
    if (end < first.length || !fitsAt(text, first, 0) || !fitsAt(text, last, end)) return false;
    let from = first.length;
    for (const part of rest) {
      const at = indexOfPart(text, part, from, end);
      if (at === -1) return false;
      from = at + part.length;
    }
    return true;
  };
}

function indexOfPart(text: string, part: string, from: number, end: number): number {
  for (let at = from; at + part.length <= end; at += 1) {
    if (fitsAt(text, part, at)) return at;
  }
  return -1;
}

function fitsAt(text: string, part: string, at: number): boolean {
  for (let index = 0; index < part.length; index += 1) {
    if (part[index] !== "?" && part[index] !== text[at + index]) return false;
  }
  return true;
}
