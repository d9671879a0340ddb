/**
 * Whether a key names its content: a build has put a hash of it into the file's name, as in
 * `assets/index-BkX3f_Ab.js`, or into the name of a folder, as in `_next/static/Yf3kQ0a9bZ1cX2vN4mL5w/page.js`.
 * Such a file may be cached for good, since another content would come under another name.
 *
 * Read from the name alone, for no build says which of its names have hashes. Where in doubt, it is false:
 * a file that is cached for too short a time costs a request, one that is cached for too long is never seen
 * to change.
 */
export function hasHashedName(key: string): boolean {
  // In each alphabet a hash without a digit and a capital looks like words.
  if (!/[\dA-Z]/.test(key)) return false;
  const segments = key.split("/");
  const name = segments.at(-1) ?? "";
  return (
    segments.some((segment) => segment.split(/[.\-_~]/).some(isLongHash)) ||
    name.split(/[.\-_~]/).some(isShortHash) ||
    isBase64urlHash(name)
  );
}

/** 128 bits and more, in any alphabet: an identifier of a build, or a whole digest. */
function isLongHash(token: string): boolean {
  return /^[\dA-Za-z]{20,}$/.test(token) && /\d/.test(token) && /[A-Za-z]/.test(token);
}

/** Hexadecimal, as webpack's and Parcel's, or base32, as esbuild's and so Angular's. */
function isShortHash(token: string): boolean {
  return (
    (/^[\da-f]{8,}$/.test(token) && /\d/.test(token) && /[a-f]/.test(token)) ||
    (/^[\dA-Z]{8}$/.test(token) && /[A-Z]/.test(token))
  );
}

/** Eight characters that may be separators, as Rollup's and so Vite's. */
function isBase64urlHash(name: string): boolean {
  for (let at = 0; at + 8 < name.length; at += 1) {
    const isWhole =
      (at === 0 || /[.\-_]/.test(name.charAt(at - 1))) && /[.\-_]/.test(name.charAt(at + 8));
    const part = name.slice(at, at + 8);
    if (isWhole && /^[\w-]+$/.test(part) && !part.split(/[-_]/).every(isWord)) return true;
  }
  return false;
}

/** Words, numbers and sizes, as people write them: `photo`, `SemiBold`, `iPhone12`, `LOGO`, `2x`, `24x24`. */
function isWord(part: string): boolean {
  return /^(?:[A-Z]?[a-z]*\d*|[a-z]*(?:[A-Z][a-z]{3,})*\d*|[A-Z]+\d*|\d+[a-z]{0,2}\d*)$/.test(part);
}
