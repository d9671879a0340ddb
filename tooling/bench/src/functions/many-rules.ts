const sections = ["account", "billing", "catalog", "docs", "events", "forum", "groups", "help"];

/** Returns paths that differ in a section and a number behind it. */
export function numberedPaths(count: number, separator: string): readonly string[] {
  return Array.from({ length: count }, (_, index) => {
    const section = sections[index % sections.length] ?? "";
    return `/${section}${separator}${Math.floor(index / sections.length)}`;
  });
}

/** Returns redirects of a whole folder each, whatever the name of the file. */
export function placeholderRules(
  count: number,
): readonly { readonly from: string; readonly to: string }[] {
  return numberedPaths(count, "-").map((path) => ({
    from: `${path}/:slug`,
    to: `/posts${path}/:slug`,
  }));
}
