import type { LocationPart } from "../edge/compiled-secret-redirect.ts";
import { isAcceptedLocation, locationRemedy } from "./accepted-location.ts";
import type { PathPattern } from "./path-pattern.ts";
import { invalid } from "./refuse-invalid-option.ts";

/** Where a rule leads, read. */
export interface RedirectTarget {
  readonly to: string | readonly LocationPart[];
  /** With `#`. */
  readonly fragment: string | readonly LocationPart[] | undefined;
  /** The names of the parameters of its own query string. */
  readonly parameters: readonly string[];
  readonly hasQuery: boolean;
}

const token = /:([A-Za-z_]\w*)/g;
const authority = /^https?:\/\/([^/?#]*)/i;

/**
 * Returns where a rule leads. Raw non-ASCII characters are percent-encoded.
 *
 * @param queryNames The names that conditions capture from the query string: parameter by name.
 * @throws {SecretRedirectOptionsError} `INVALID_LOCATION`.
 */
export function readRedirectTarget(
  subject: string,
  to: string,
  pattern: PathPattern,
  queryNames: ReadonlyMap<string, string>,
): RedirectTarget {
  const captures = capturesOf(pattern, queryNames);
  const encoded = withKeysOfS3(withoutRawCharacters(to));
  if (captures.size > 0) refuseUnknownNames(subject, to, [...captures.keys()]);
  const sample = encoded.replaceAll(token, (written, name: string) =>
    captures.has(name) ? "x" : written,
  );
  if (!isAcceptedLocation(sample)) {
    throw invalid("INVALID_LOCATION", subject, "is not valid", to, locationRemedy(to));
  }
  refuseCapturedHost(subject, to, captures);
  const [, beforeFragment = "", fragment] = /^([^#]*)(#.*)?$/.exec(encoded) ?? [];
  const query = /\?(.*)$/.exec(beforeFragment)?.[1];
  return {
    to: partsOf(query === "" ? beforeFragment.slice(0, -1) : beforeFragment, captures),
    fragment: fragment && partsOf(fragment, captures),
    parameters: query ? [...new URLSearchParams(query).keys()] : [],
    hasQuery: !!query,
  };
}

/** Returns a location with each raw non-ASCII character percent-encoded. */
export function withoutRawCharacters(location: string): string {
  return location.toWellFormed().replaceAll(/[^\0-\x7F]+/g, encodeURIComponent);
}

/** S3 takes a plus sign in a path for a space. What another host makes of it is its own affair. */
function withKeysOfS3(to: string): string {
  return to.startsWith("/") ? to.replace(/^[^?#]*/, (path) => path.replaceAll("+", "%2B")) : to;
}

/** Returns the names that text uses and that some pattern could have captured. */
export function namesIn(text: string): string[] {
  return [...text.matchAll(token)].map(([, name = ""]) => name);
}

/** Returns host and port of an absolute URL, or `undefined` for a path. */
export function authorityOf(to: string): string | undefined {
  return authority.exec(to)?.[1];
}

type Captures = ReadonlyMap<string, Exclude<LocationPart, string>>;

function capturesOf(pattern: PathPattern, queryNames: ReadonlyMap<string, string>): Captures {
  const captures = new Map<string, Exclude<LocationPart, string>>();
  for (const [name, parameter] of queryNames) captures.set(name, { parameter });
  for (const [index, segment] of pattern.segments.entries()) {
    if ("literal" in segment) continue;
    captures.set(segment.name, {
      segment: index + 1,
      ...(segment.before && { skip: segment.before.length }),
      ...(segment.after && { drop: segment.after.length }),
    });
  }
  if (pattern.splatPrefix !== undefined) {
    captures.set("splat", {
      segment: pattern.segments.length + 1,
      ...(pattern.splatPrefix && { skip: pattern.splatPrefix.length }),
      splat: true,
    });
  }
  return captures;
}

/** Where a pattern captures nothing, ":name" is just text, as in "/wiki/Talk:Main". */
function refuseUnknownNames(subject: string, to: string, known: readonly string[]): void {
  const withoutAuthority = to.replace(authority, "");
  const unknown = namesIn(withoutAuthority).find((name) => !known.includes(name));
  if (unknown === undefined) return;
  throw invalid(
    "INVALID_LOCATION",
    subject,
    `names :${unknown}, which from does not capture`,
    to,
    `Captured: ${known.map((name) => `:${name}`).join(", ")}. Write %3A for a ":" that is meant as such.`,
  );
}

function refuseCapturedHost(subject: string, to: string, captures: Captures): void {
  if (!namesIn(authorityOf(to) ?? "").some((name) => captures.has(name))) return;
  throw invalid(
    "INVALID_LOCATION",
    subject,
    "takes its host from the request",
    to,
    "A viewer could be sent anywhere: list the hosts in allowedHosts, and use one placeholder that stands in from.",
  );
}

function partsOf(text: string, captures: Captures): string | LocationPart[] {
  const parts: LocationPart[] = [];
  let rest = 0;
  for (const found of text.matchAll(token)) {
    const captured = captures.get(found[1] ?? "");
    if (captured === undefined) continue;
    const before = text.slice(rest, found.index);
    if (before !== "") parts.push(before);
    const inQuery = "segment" in captured && text.slice(0, found.index).includes("?");
    parts.push(inQuery ? { ...captured, inQuery } : captured);
    rest = found.index + found[0].length;
  }
  if (parts.length === 0) return text;
  if (rest < text.length) parts.push(text.slice(rest));
  return parts;
}
