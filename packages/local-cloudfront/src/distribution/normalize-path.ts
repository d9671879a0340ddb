/** Escapes, repeated slashes and dot segments: what has none of them is normal. */
const mayChange = /%|\/[/.]/;
const unreserved = /[A-Za-z0-9\-._~]/;

/**
 * Normalises a request's path as RFC 3986 section 6.2.2 has it, for matching path patterns only:
 * the origin and the functions see the raw path (CF-J-07).
 *
 * What no source settles is chosen thus (CF-J-08): escapes of unreserved characters are decoded
 * (`%2e` is a dot), all others stay, with upper-case digits; `%2F` is no slash. Then repeated
 * slashes become one, then `.` and `..` are resolved. Escapes that are none stay as they are.
 *
 * @param path starts with a slash; without query string.
 * @see https://www.rfc-editor.org/rfc/rfc3986#section-6.2.2
 */
export function normalizePath(path: string): string {
  if (!mayChange.test(path)) return path;
  const decoded = path.replaceAll(/%[0-9A-Fa-f]{2}/g, (escape) => {
    const character = String.fromCharCode(Number.parseInt(escape.slice(1), 16));
    return unreserved.test(character) ? character : escape.toUpperCase();
  });
  const segments = decoded
    .replaceAll(/\/{2,}/g, "/")
    .split("/")
    .slice(1);
  const kept: string[] = [];
  for (const [index, segment] of segments.entries()) {
    if (segment !== "." && segment !== "..") {
      kept.push(segment);
      continue;
    }
    if (segment === "..") kept.pop();
    // `/a/.` and `/a/b/..` are folders: the slash at the end stays.
    if (index === segments.length - 1) kept.push("");
  }
  return `/${kept.join("/")}`;
}
