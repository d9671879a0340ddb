import type { EventHeader, EventHeaders, EventType } from "cf-types";
import { headersForbiddenToAdd, isDisallowedHeader, readOnlyHeaders } from "./header-rules.ts";
import { isJsonObject, quoteValue, violation } from "./result-violation.ts";
import type { ResultViolation, ResultWarning } from "./result-violation.ts";
import { viewerText } from "./viewer-text.ts";

/** What the headers of a result are checked against. */
export interface HeaderScope {
  readonly eventType: EventType;
  /** The headers in the event; undefined for a generated response, which has none to start from. */
  readonly eventHeaders: EventHeaders | undefined;
  readonly warnings: ResultWarning[];
}

/** Headers that CloudFront accepts: the event's own object where nothing was changed. */
export interface AcceptedHeaders {
  readonly kind: "headers";
  readonly headers: EventHeaders;
}

const READ_ONLY_FACTS: Readonly<Record<EventType, string>> = {
  "viewer-request": "LE-C-04",
  "origin-request": "LE-C-05",
  "origin-response": "LE-C-06",
  "viewer-response": "LE-C-07",
};

const HEADER_NAME = /^[!#$%&'*+\-.^_`|~0-9a-z]+$/;
// Control characters other than the tab.
// oxlint-disable-next-line no-control-regex -- they are what is looked for
const CONTROL_CHARACTER = /[\u0000-\u0008\u000a-\u001f\u007f]/;

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
  const headers = emptyHeaders();
  for (const property of Object.keys(returned)) {
    const found = checkEntry(property, returned[property], scope);
    if ("kind" in found) {
      return found;
    }
    if (found.lines.length > 0) {
      headers[found.name] = [...(headers[found.name] ?? []), ...found.lines];
    }
  }
  return checkProtectedHeaders(headers, scope) ?? { kind: "headers", headers };
}

/** Returns a header name as CloudFront writes it where a function gave no `key` (LE-B-16). */
export function canonicalHeaderName(name: string): string {
  return name
    .split("-")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1).toLowerCase())
    .join("-");
}

function emptyHeaders(): EventHeaders {
  return Object.create(null) as EventHeaders;
}

function linesOf(headers: EventHeaders | undefined, name: string): EventHeader[] | undefined {
  return headers !== undefined && Object.hasOwn(headers, name) ? headers[name] : undefined;
}

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

interface HeaderEntry {
  readonly name: string;
  readonly lines: EventHeader[];
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

function checkLines(
  name: string,
  subject: string,
  entry: readonly unknown[],
  warnings: ResultWarning[],
): HeaderEntry | ResultViolation {
  const lines: EventHeader[] = [];
  for (const line of entry) {
    const value = isJsonObject(line) ? line["value"] : undefined;
    if (!isJsonObject(line) || typeof value !== "string") {
      return violation(
        "LE-C-14",
        viewerText.invalidResult,
        subject,
        `must hold objects whose value is a string: got ${quoteValue(line)}.`,
      );
    }
    const control = CONTROL_CHARACTER.exec(value);
    if (control !== null) {
      const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(2, "0");
      return violation(
        "LE-C-15",
        viewerText.invalidResult,
        subject,
        `has the invalid character '%${code}' in its value: got ${quoteValue(value)}.`,
      );
    }
    lines.push({ key: checkKey(name, line["key"], warnings), value });
  }
  return { name, lines };
}

function checkKey(name: string, key: unknown, warnings: ResultWarning[]): string {
  if (typeof key === "string" && key.toLowerCase() === name) {
    return key;
  }
  const canonical = canonicalHeaderName(name);
  if (key !== undefined) {
    warnings.push({
      factId: "LE-B-17",
      message: `headers.${name} has another name as its key: got ${quoteValue(key)}. ${canonical} is sent; AWS does not say what CloudFront does.`,
    });
  }
  return canonical;
}

/** Finds a read-only header that was touched, or a header that must not be added. */
function checkProtectedHeaders(
  headers: EventHeaders,
  scope: HeaderScope,
): ResultViolation | undefined {
  const { eventType, eventHeaders } = scope;
  for (const name of readOnlyHeaders(eventType)) {
    const found = checkReadOnlyHeader(name, linesOf(headers, name), scope);
    if (found !== undefined) {
      return found;
    }
  }
  if (eventHeaders === undefined) {
    return undefined;
  }
  const added = headersForbiddenToAdd(eventType).find(
    (name) => name in headers && linesOf(eventHeaders, name) === undefined,
  );
  return added === undefined
    ? undefined
    : violation(
        "LE-B-52",
        viewerText.disallowedHeader,
        `headers.${added}`,
        `must not be added at ${eventType}: got ${quoteValue(headers[added])}. CloudFront sets it later.`,
      );
}

function checkReadOnlyHeader(
  name: string,
  lines: readonly EventHeader[] | undefined,
  { eventType, eventHeaders }: HeaderScope,
): ResultViolation | undefined {
  const before = linesOf(eventHeaders, name);
  if (sameValues(before, lines)) {
    return undefined;
  }
  const [line] = lines ?? [];
  const problem = `is read-only at ${eventType} and was`;
  if (line === undefined) {
    return refuseReadOnly(
      "LE-C-09",
      name,
      `${problem} deleted. Return it as it came in the event.`,
    );
  }
  const got = `got ${quoteValue(line.value)}`;
  if (eventHeaders === undefined) {
    return refuseReadOnly("LE-C-11", name, `${problem} added: ${got}. Leave it out.`);
  }
  return refuseReadOnly(
    READ_ONLY_FACTS[eventType],
    name,
    before === undefined
      ? `${problem} added: ${got}. Leave it out.`
      : `${problem} changed: ${got} for ${quoteValue(before[0]?.value)}. Return it as it came in the event.`,
  );
}

function refuseReadOnly(factId: string, name: string, problem: string): ResultViolation {
  return violation(factId, viewerText.readOnlyHeader, `headers.${name}`, problem);
}

function sameValues(
  before: readonly EventHeader[] | undefined,
  after: readonly EventHeader[] | undefined,
): boolean {
  if (before === undefined || after === undefined) {
    return before === after;
  }
  return (
    before.length === after.length &&
    before.every(({ value }, index) => value === after[index]?.value)
  );
}
