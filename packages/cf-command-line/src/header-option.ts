import { InvalidArgumentError } from "commander";

/** Headers as the events of CloudFront have them: lines by lower-case name. */
export type HeaderLines = Record<string, { key: string; value: string }[]>;

/**
 * Collects a repeatable option such as `--header "Accept: text/html"`.
 *
 * @throws {InvalidArgumentError} when there is no colon
 */
export function collectHeader(line: string, headers: HeaderLines = {}): HeaderLines {
  const colon = line.indexOf(":");
  if (colon < 1) throw new InvalidArgumentError('Write NAME: VALUE, as in "Accept: text/html".');
  const key = line.slice(0, colon).trim();
  const name = key.toLowerCase();
  const value = line.slice(colon + 1).trim();
  return { ...headers, [name]: [...(headers[name] ?? []), { key, value }] };
}
