import { compileWildcards } from "./compile-wildcards.ts";
import type { CacheBehavior } from "./distribution.ts";
import type { HttpHeaders } from "../http/http-message.ts";
import type { NameSelection } from "./policies.ts";

/** One cookie of a request, as it was written. */
export interface SelectedCookie {
  readonly name: string;
  readonly value: string;
}

/**
 * Returns whether a cookie's or query string's name is selected: case-sensitive, and `*` is a
 * literal but for legacy cookie settings (CF-G-07).
 */
export function selectsName(selection: NameSelection, name: string): boolean {
  switch (selection.behavior) {
    case "none":
      return false;
    case "all":
      return true;
    case "whitelist":
      return selection.names.includes(name);
    case "whitelistWithWildcards":
      return selection.patterns.some((pattern) => compileWildcards(pattern)(name));
    case "allExcept":
      return !selection.names.includes(name);
  }
}

/**
 * Returns the part of a raw query string that at least one of the selections names, in its own
 * order and spelling; only `&` separates parameters (CF-G-03).
 */
export function selectQueryString(
  querystring: string,
  ...selections: readonly NameSelection[]
): string {
  if (querystring === "" || selections.some(({ behavior }) => behavior === "all")) {
    return querystring;
  }
  const active = selections.filter(({ behavior }) => behavior !== "none");
  if (active.length === 0) return "";
  return querystring
    .split("&")
    .filter((parameter) => {
      const [name] = splitAtEquals(parameter);
      return active.some((selection) => selectsName(selection, name));
    })
    .join("&");
}

/**
 * Returns the cookies of a request that at least one of the selections names, sorted by name.
 * Cookies that are no `name=value` pair, and names that start with `$`, are dropped (CF-G-05).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/Cookies.html
 */
export function selectCookies(
  headers: HttpHeaders,
  ...selections: readonly NameSelection[]
): readonly SelectedCookie[] {
  const lines = headers["cookie"];
  const active = selections.filter(({ behavior }) => behavior !== "none");
  if (lines === undefined || active.length === 0) return [];
  return lines
    .flatMap(({ value }) => value.split(";"))
    .flatMap((pair): SelectedCookie[] => {
      const [name, value] = splitAtEquals(pair.trim());
      const isSelected =
        value !== undefined &&
        name !== "" &&
        !name.startsWith("$") &&
        active.some((selection) => selectsName(selection, name));
      return isSelected ? [{ name, value }] : [];
    })
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** Returns whether cookies of a cache behavior's requests go to the origin, all or some. */
export function forwardsCookies({ cachePolicy, originRequestPolicy }: CacheBehavior): boolean {
  return (
    cachePolicy.cookies.behavior !== "none" ||
    (originRequestPolicy?.cookies.behavior ?? "none") !== "none"
  );
}

/** Query string parameters of signed URLs, which the origin never sees. */
const signedUrlParameters: readonly string[] = [
  "Expires",
  "Hash-Algorithm",
  "Key-Pair-Id",
  "Policy",
  "Signature",
];

/** Returns a raw query string without the parameters of signed URLs (CF-G-47). */
export function withoutSignedUrlParameters(querystring: string): string {
  return selectQueryString(querystring, { behavior: "allExcept", names: signedUrlParameters });
}

/** Splits `name=value`; the value is undefined where there is no `=`. */
export function splitAtEquals(text: string): readonly [name: string, value: string | undefined] {
  const at = text.indexOf("=");
  return at === -1 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
