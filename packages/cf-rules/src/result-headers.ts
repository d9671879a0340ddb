import type { EventHeader, EventHeaders } from "cf-types";
import { isDisallowedHeader } from "./header-rules.ts";
import { linesOf } from "./header-scope.ts";
import type { HeaderScope } from "./header-scope.ts";
import { checkProtectedHeaders } from "./protected-headers.ts";
import { checkLines } from "./result-header-lines.ts";
import type { HeaderEntry } from "./result-header-lines.ts";
import { isJsonObject, quoteValue, violation } from "./result-violation.ts";
import type { ResultViolation } from "./result-violation.ts";
import { viewerText } from "./viewer-text.ts";

/** Headers that CloudFront accepts: the event's own object where nothing was changed. */
export interface AcceptedHeaders {
  readonly kind: "headers";
  readonly headers: EventHeaders;
}

const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
/** Checks the `headers` of a result and merges them with those of the event. */
export function checkHeaders(
  returned: unknown,
  scope: HeaderScope,
): AcceptedHeaders | ResultViolation {
  if (!isJsonObject(returned)) {
    return violation(
      "LE-C-13",
      viewerText.headerEntry,
      "headers",
      `must be an object of arrays: got ${quoteValue(returned)}.`,
    );
  }
  const { eventHeaders } = scope;
  if (eventHeaders !== undefined && isUnchanged(returned, eventHeaders)) {
    return { kind: "headers", headers: eventHeaders };
  }
  const headers = new EmptyHeaders();
  for (const property of Object.keys(returned)) {
    const found = checkEntry(property, returned[property], scope);
    if ("kind" in found) {
      return found;
    }
    if (found.lines.length > 0) {
      const sameName = headers[found.name];
      headers[found.name] = sameName === undefined ? found.lines : [...sameName, ...found.lines];
    }
  }
  return checkProtectedHeaders(headers, scope) ?? { kind: "headers", headers };
}

/**
 * Its objects inherit nothing, so that any name is only a name. V8 keeps what a constructor made in
 * a form that is filled and read several times as fast as one of `Object.create(null)`.
 */
const EmptyHeaders = function EmptyHeaders() {} as unknown as new () => EventHeaders;
Object.defineProperty(EmptyHeaders, "prototype", { value: Object.create(null) });

function isUnchanged(returned: Readonly<Record<string, unknown>>, headers: EventHeaders): boolean {
  const names = Object.keys(returned);
  return (
    names.length === Object.keys(headers).length &&
    names.every((name) => sameLines(returned[name], linesOf(headers, name)))
  );
}

function sameLines(returned: unknown, lines: readonly EventHeader[] | undefined): boolean {
  return (
    lines !== undefined &&
    Array.isArray(returned) &&
    returned.length === lines.length &&
    lines.every((line, index) => {
      const other: unknown = returned[index];
      return isJsonObject(other) && other["value"] === line.value && other["key"] === line.key;
    })
  );
}

function checkEntry(
  property: string,
  entry: unknown,
  scope: HeaderScope,
): HeaderEntry | ResultViolation {
  const name = property.toLowerCase();
  const subject = `headers.${property}`;
  if (!Array.isArray(entry)) {
    return violation(
      "LE-C-13",
      viewerText.headerEntry,
      subject,
      `must be an array: got ${quoteValue(entry)}. Write [{ "value": "…" }].`,
    );
  }
  const eventLines = linesOf(scope.eventHeaders, name);
  if (eventLines !== undefined && sameLines(entry, eventLines)) {
    return { name, lines: eventLines };
  }
  if (entry.length > 0 && isDisallowedHeader(name)) {
    return violation(
      "LE-C-01",
      viewerText.disallowedHeader,
      subject,
      `is a header that functions must not add: got ${quoteValue(entry)}. Remove it.`,
      `the function tried to add a blacklisted header in headers, headerName : ${property}.`,
    );
  }
  if (!HEADER_NAME.test(name)) {
    return violation(
      "LE-C-15",
      viewerText.invalidResult,
      subject,
      `is no header name: got ${quoteValue(property)}.`,
    );
  }
  return checkLines(name, subject, entry, scope.warnings);
}
