import type { EventHeader, EventHeaders, EventType } from "cf-types";
import type { ResultWarning } from "./result-violation.ts";

/** What the headers of a result are checked against. */
export interface HeaderScope {
  readonly eventType: EventType;
  /** The headers in the event; undefined for a generated response, which has none to start from. */
  readonly eventHeaders: EventHeaders | undefined;
  readonly warnings: ResultWarning[];
}

/** Returns the lines of a header; undefined where there is none, also for names that objects have by nature. */
export function linesOf(
  headers: EventHeaders | undefined,
  name: string,
): EventHeader[] | undefined {
  return headers !== undefined && Object.hasOwn(headers, name) ? headers[name] : undefined;
}
