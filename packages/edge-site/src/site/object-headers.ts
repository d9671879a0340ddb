/** The headers that the objects of a path pattern are stored with; the first pattern that matches counts. */
export interface ObjectHeaders {
  readonly pathPattern: string;
  /** Whether the pattern is for those only whose name has a hash of their content. */
  readonly hashedNames?: boolean;
  readonly headers: Readonly<Record<string, string>>;
}

/** A minute at the edge, while each browser asks again, which costs it a 304. */
export const shortCacheControl = "public, max-age=0, s-maxage=60";

/**
 * Returns how long the site's files may be cached: hashed assets for a year, since a change gives them
 * another name; all others for a minute.
 */
export function objectHeaders(hashedAssetsPattern: string): readonly ObjectHeaders[] {
  return [
    {
      pathPattern: hashedAssetsPattern,
      hashedNames: true,
      headers: { "Cache-Control": "public, max-age=31536000, immutable" },
    },
    { pathPattern: "*", headers: { "Cache-Control": shortCacheControl } },
  ];
}

/** Returns whether a path pattern takes a path: our own have one asterisk, the last character. */
export function takesPath(pathPattern: string, path: string): boolean {
  return path.startsWith(pathPattern.slice(0, -1));
}
