/**
 * Returns the value of the first pair with a name, percent-decoded; undefined where there is none.
 *
 * @param text A query string, or the value of a Cookie header.
 * @param separator `&` between the pairs of a query string, `;` between cookies.
 */
export function pairValue(text: string, separator: string, name: string): string | undefined {
  const pair = text.split(separator).find((each) => pairName(each) === name);
  return pair && decode(pair.replace(/^[^=]*=?/, "").trim());
}

/** Returns the name of a pair such as `a=1`, percent-decoded and without white space around it. */
export function pairName(pair: string): string {
  return decode((pair.split("=", 1)[0] as string).trim());
}

/** Returns text percent-decoded, or as it is where it is not well encoded. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
