import { parseHttpDate } from "../http/http-date.ts";
import type { HttpHeaders } from "../http/http-message.ts";
import type { StoredObject } from "./bucket-folder.ts";

/** What the conditions of a request come to. */
export type Preconditions = "met" | "not-modified" | "failed";

/**
 * Evaluates the conditions of a request in their order: an ETag condition speaks before the date
 * condition beside it.
 *
 * @see https://www.rfc-editor.org/rfc/rfc9110#section-13.2.2
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function evaluatePreconditions(
  headers: HttpHeaders,
  { etag, lastModifiedMs }: StoredObject,
): Preconditions {
  const lastModified = wholeSeconds(lastModifiedMs);
  const ifMatch = joinedValue(headers, "if-match");
  if (ifMatch !== undefined) {
    if (!listsEtag(ifMatch, etag, "strong")) return "failed";
  } else {
    const since = dateValue(headers, "if-unmodified-since");
    if (since !== undefined && lastModified > since) return "failed";
  }
  const ifNoneMatch = joinedValue(headers, "if-none-match");
  if (ifNoneMatch !== undefined) {
    return listsEtag(ifNoneMatch, etag, "weak") ? "not-modified" : "met";
  }
  const since = dateValue(headers, "if-modified-since");
  return since !== undefined && lastModified <= since ? "not-modified" : "met";
}

/** Returns whether Range is to be heeded: If-Range, where there is one, names the object as it is. */
export function ifRangeHolds(
  headers: HttpHeaders,
  { etag, lastModifiedMs }: StoredObject,
): boolean {
  const ifRange = headers["if-range"]?.[0]?.value.trim();
  if (ifRange === undefined) return true;
  return ifRange === etag || parseHttpDate(ifRange) === wholeSeconds(lastModifiedMs);
}

function joinedValue(headers: HttpHeaders, name: string): string | undefined {
  return headers[name]?.map(({ value }) => value).join(",");
}

function dateValue(headers: HttpHeaders, name: string): number | undefined {
  const value = headers[name]?.[0]?.value;
  return value === undefined ? undefined : parseHttpDate(value);
}

/** The weak comparison does not tell `W/"a"` from `"a"`; for the strong one the first equals nothing. */
function listsEtag(list: string, etag: string, comparison: "strong" | "weak"): boolean {
  return list.split(",").some((element) => {
    const candidate = element.trim();
    if (candidate === "*") return true;
    return candidate === etag || (comparison === "weak" && candidate === `W/${etag}`);
  });
}

/** HTTP dates have no fractions. */
function wholeSeconds(ms: number): number {
  return Math.floor(ms / 1000) * 1000;
}
