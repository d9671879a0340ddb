import type { EventHeaders, Origin } from "cf-types";
import type { LambdaEdgeQuotas } from "./quotas.ts";
import { violation } from "./result-violation.ts";
import type { ResultViolation, ResultWarning } from "./result-violation.ts";
import { viewerText } from "./viewer-text.ts";

/** What an origin in a result is checked against. */
export interface OriginScope {
  readonly eventOrigin: Origin;
  /** The headers of the request as the function returned them. */
  readonly requestHeaders: EventHeaders;
  readonly quotas: LambdaEdgeQuotas;
  readonly warnings: ResultWarning[];
}

/** The `custom` or `s3` object of an origin, as read from JSON. */
export type OriginDetails = Readonly<Record<string, unknown>>;

/** Returns the violation of an origin. */
export function refuseOrigin(factId: string, subject: string, problem: string): ResultViolation {
  return violation(factId, viewerText.origin, subject, problem);
}

/** Says whether a value is a whole number between two others, both allowed. */
export function isWithin(value: unknown, min: number, max: number): boolean {
  return typeof value === "number" && Number.isInteger(value) && value >= min && value <= max;
}
