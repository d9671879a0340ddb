import { isDisallowedHeader, isReadOnlyHeader } from "cf-rules";
import type { EventType } from "cf-types";

const readOnlyFacts: Readonly<Record<EventType, string>> = {
  "viewer-request": "LE-C-04",
  "origin-request": "LE-C-05",
  "origin-response": "LE-C-06",
  "viewer-response": "LE-C-07",
};

/** Why a function must not set a header, as the rest of a sentence; undefined where it may. */
export function headerFact(
  eventType: EventType,
  name: string,
): { readonly ruleId: string; readonly problem: string } | undefined {
  const lowerCase = name.toLowerCase();
  if (isDisallowedHeader(lowerCase)) {
    return { ruleId: "LE-C-01", problem: "a header that no function may add" };
  }
  return isReadOnlyHeader(eventType, lowerCase)
    ? { ruleId: readOnlyFacts[eventType], problem: `a header that is read-only at ${eventType}` }
    : undefined;
}
