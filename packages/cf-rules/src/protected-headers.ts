import type { EventHeader, EventHeaders, EventType } from "cf-types";
import { headersForbiddenToAdd, readOnlyHeaders } from "./header-rules.ts";
import { linesOf } from "./header-scope.ts";
import type { HeaderScope } from "./header-scope.ts";
import { canonicalHeaderName } from "./result-header-lines.ts";
import { quoteValue, violation } from "./result-violation.ts";
import type { ResultViolation } from "./result-violation.ts";
import { viewerText } from "./viewer-text.ts";

const READ_ONLY_FACTS: Readonly<Record<EventType, string>> = {
  "viewer-request": "LE-C-04",
  "origin-request": "LE-C-05",
  "origin-response": "LE-C-06",
  "viewer-response": "LE-C-07",
};

/** Finds a read-only header that was touched, or a header that must not be added. */
export function checkProtectedHeaders(
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
    const deleted = `${problem} deleted. Return it as it came in the event.`;
    return refuseReadOnly("LE-C-09", name, "delete", deleted);
  }
  const got = `got ${quoteValue(line.value)}`;
  const factId = eventHeaders === undefined ? "LE-C-11" : READ_ONLY_FACTS[eventType];
  if (before === undefined) {
    return refuseReadOnly(factId, name, "add", `${problem} added: ${got}. Leave it out.`);
  }
  const changed = `${problem} changed: ${got} for ${quoteValue(before[0]?.value)}. Return it as it came in the event.`;
  return refuseReadOnly(factId, name, "change", changed);
}

/** Of CloudFront's log lines, the one for `delete` was captured; the others are taken to be alike. */
function refuseReadOnly(
  factId: string,
  name: string,
  tried: "add" | "change" | "delete",
  problem: string,
): ResultViolation {
  return violation(
    factId,
    viewerText.readOnlyHeader,
    `headers.${name}`,
    problem,
    `the function tried to ${tried} read-only header, headerName : ${canonicalHeaderName(name)}.`,
  );
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
