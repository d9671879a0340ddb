import type { CompiledRule, LocationPart } from "./compiled-secret-redirect.ts";
import { type RedirectRequest, pairName, pairValue } from "./read-request-value.ts";

/**
 * Returns the Location that a rule gives a request. Captured text is in the path's one spelling, where no
 * "/" follows another, and query text is encoded again: neither can end the path or name another host.
 *
 * @param path Normalised.
 */
export function redirectLocation(
  { to, query, fragment = "" }: CompiledRule,
  path: string,
  request: RedirectRequest,
): string {
  let location = withoutEmptyHost(write(to, path, request));
  if (query && request.querystring) {
    const passed = query.length > 0 ? without(query, request.querystring) : request.querystring;
    if (passed) location += (location.includes("?") ? "&" : "?") + encodeQuery(passed);
  }
  return location + write(fragment, path, request);
}

/** Captures may be empty: what is left must not begin as a URL of another host does. */
function withoutEmptyHost(location: string): string {
  return location.replace(/^[/\\]{2,}/, "/");
}

function write(
  parts: string | readonly LocationPart[],
  path: string,
  request: RedirectRequest,
): string {
  if (typeof parts === "string") return parts;
  let written = "";
  let hasSlash = false;
  for (const part of parts) {
    const found = typeof part === "string" ? part : capture(part, path, request);
    const text: string = hasSlash && found.startsWith("/") ? found.slice(1) : found;
    written += text;
    if (text !== "") hasSlash = text.endsWith("/");
  }
  return written;
}

/** Returns the text that a part of a Location takes from a request. */
export function capture(
  part: Exclude<LocationPart, string>,
  path: string,
  request: RedirectRequest,
): string {
  if ("parameter" in part) {
    const value = pairValue(request.querystring, "&", part.parameter) ?? "";
    return encodeURIComponent(value.toWellFormed());
  }
  const { segment, skip = 0, drop = 0, splat, inQuery } = part;
  let start = 0;
  for (let left = segment; left > 0; left -= 1) {
    start = path.indexOf("/", start) + 1;
    // A splat may stand for nothing.
    if (start === 0) return "";
  }
  const end = splat ? -1 : path.indexOf("/", start);
  const captured = path.slice(start + skip, (end < 0 ? path.length : end) - drop);
  return inQuery ? captured.replace(/[&+;=]/g, encodeURIComponent) : captured;
}

function without(names: readonly string[], querystring: string): string {
  return querystring
    .split("&")
    .filter((pair) => !names.includes(pairName(pair)))
    .join("&");
}

function encodeQuery(text: string): string {
  return text
    .toWellFormed()
    .replace(/%(?![\dA-Fa-f]{2})|[^!$%&-;=?-[\]_a-z~]/gu, encodeURIComponent);
}
