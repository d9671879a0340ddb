/** One segment's worth, as a group: a name would take what follows it. */
export const anySegment = "([^\\/]+?)";

/** The rest of a path, which may be none. */
export const anyRest = "{/*}?";

/** Returns text as a URLPattern pathname writes it. */
export function literal(text: string): string {
  return text.replaceAll(/[{}?+*:()\\]/g, (character) => `\\${character}`);
}

/** Returns a parameter's name as a URLPattern has names. */
export function parameter(name: string): string {
  return `:${name.replaceAll(/\W/g, "_").replace(/^(?=\d)/, "_")}`;
}

/**
 * Returns the routes of a pathname. What routers capture twice, URLPattern refuses, so names become distinct;
 * and where all of it is optional, URLPattern takes the empty path for none of it, which no request has.
 */
export function routesOfPathname(pathname: string): readonly string[] {
  const route = withDistinctNames(pathname);
  const required = route.replaceAll(/\{\/[^{}]*\}\?|\/:\w+(?:\((?:\\.|[^\\)])*\))?[?*]/g, "");
  return required === "" ? ["/", route] : [route];
}

function withDistinctNames(pathname: string): string {
  const seen = new Map<string, number>();
  return pathname.replaceAll(/(?<!\\|\(\?):([A-Za-z_]\w*)/g, (found, name: string) => {
    const count = (seen.get(name) ?? 0) + 1;
    seen.set(name, count);
    return count === 1 ? found : `${found}_${count}`;
  });
}
