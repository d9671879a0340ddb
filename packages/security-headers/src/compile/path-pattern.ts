import { SecurityHeadersOptionsError } from "../security-headers-options-error.ts";

/**
 * Returns a path pattern as the source of a regular expression that takes time linear in the path, or
 * undefined for a pattern without wildcards, which is compared as it is.
 *
 * As in a cache behavior, `*` stands for any characters, `?` for exactly one, and case counts.
 *
 * @throws {SecurityHeadersOptionsError} `INVALID_VALUE` when it is not a path pattern.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/DownloadDistValuesCacheBehavior.html#DownloadDistValuesPathPattern
 */
export function compilePathPattern(pathPattern: unknown, subject: string): string | undefined {
  if (typeof pathPattern !== "string" || !/^[/*?][!-~]{0,254}$/.test(pathPattern)) {
    throw new SecurityHeadersOptionsError(
      "INVALID_VALUE",
      `${subject} is not a path pattern: got ${JSON.stringify(pathPattern)}. Begin with / or *, as in "/embed/*"; at most 255 printable ASCII characters.`,
    );
  }
  if (!/[*?]/.test(pathPattern)) return undefined;
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
