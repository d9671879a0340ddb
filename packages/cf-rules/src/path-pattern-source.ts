/**
 * Returns the path pattern of a cache behavior as the source of a regular expression that takes time linear in
 * the path: `*` stands for any characters, `?` for exactly one, and case counts (CF-J-02, CF-J-04).
 *
 * Several in one expression would count its groups wrongly: each needs one of its own.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */
export function pathPatternSource(pathPattern: string): string {
  const [first = "", ...rest] = pathPattern.split(/\*+/).map(literal);
  const last = rest.pop();
  if (last === undefined) return `^${first}$`;
  // The earliest place of each part is as good as any later one, so no part is ever tried twice.
  const atomic = rest.map((part, index) => `(?=([^]*?${part}))\\${index + 1}`);
  return `^${first}${atomic.join("")}[^]*${last}$`;
}

function literal(part: string): string {
  return part.replaceAll(/[$()*+.[\\\]^{|}]/g, String.raw`\$&`).replaceAll("?", "[^]");
}
