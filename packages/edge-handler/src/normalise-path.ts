import { encodeText } from "./encode-text.ts";

/**
 * The paths that may have another spelling. What may stand in a path as it is: RFC 3986, `pchar` without "%",
 * and "/". As ranges of ASCII: "&" to ";" holds "&'()*+,-./", the digits and ":;", "@" to "Z" holds "@" and
 * the letters.
 */
export const oddPath = /^(?!\/)|[^!$&-;=@-Z_a-z~]|\/[./]/;
const plain = /[!$&-.0-;=@-Z_a-z~]/;

/**
 * Returns the one spelling of a path that all its disguises share: percent-encoded where it must be and
 * nowhere else, without dot segments and empty segments. A "/" at the end stays; "%2F" is no separator.
 *
 * The encoding is read once, byte by byte: "%2573" is "%2573", and no path makes it throw. What it
 * returns it returns again unchanged.
 */
export function normalisePath(uri: string): string {
  if (!oddPath.test(uri)) return uri;
  const kept: string[] = [];
  const segments = normaliseText(uri).split("/");
  segments.forEach((segment) => {
    if (segment === "..") kept.pop();
    else if (segment !== "." && segment !== "") kept.push(segment);
  });
  const last = segments[segments.length - 1] as string;
  const end = kept[0] && /^\.{0,2}$/.test(last) ? "/" : "";
  return `/${kept.join("/")}${end}`;
}

/** Returns text of a path with each character spelt in the one way; "/" stays what it is. */
export function normaliseText(text: string): string {
  return text.replace(/%([\dA-Fa-f]{2})|%|[^!$%&-;=@-Z_a-z~]+/g, (found: string, hex: string) => {
    if (!hex) return encodeText(found);
    const character = String.fromCharCode(Number(`0x${hex}`));
    return plain.test(character) ? character : found.toUpperCase();
  });
}
