import type { TimeCondition } from "../edge/compiled-secret-redirect.ts";
import type { RedirectTimeWindow } from "./redirect-rule.ts";
import { invalid, refuseUnknownKeys } from "./refuse-invalid-option.ts";

const dateTimeWithZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,3})?)?(?:Z|[+-]\d\d:\d\d)$/;

/**
 * Returns a time window in milliseconds since 1970.
 *
 * @throws {SecretRedirectOptionsError} `INVALID_TYPE`, `UNKNOWN_OPTION` or `INVALID_CONDITION`.
 */
export function readTimeWindow(subject: string, given: RedirectTimeWindow): TimeCondition {
  refuseUnknownKeys(subject, given, ["from", "until"]);
  const from = readMoment(`${subject}.from`, given.from);
  const until = readMoment(`${subject}.until`, given.until);
  if (from === undefined && until === undefined) {
    throw invalid("INVALID_CONDITION", subject, "has no end", given, "Give from, until, or both.");
  }
  if (from !== undefined && until !== undefined && from >= until) {
    throw invalid(
      "INVALID_CONDITION",
      subject,
      "is over before it begins",
      given,
      "Let until be later than from.",
    );
  }
  return {
    in: "time",
    ...(from === undefined ? {} : { from }),
    ...(until === undefined ? {} : { until }),
  };
}

function readMoment(subject: string, value: unknown): number | undefined {
  if (value === undefined) return undefined;
  const moment =
    typeof value === "string" && dateTimeWithZone.test(value) ? Date.parse(value) : NaN;
  if (!Number.isNaN(moment)) return moment;
  throw invalid(
    "INVALID_CONDITION",
    subject,
    "is not a moment",
    value,
    'Give date, time and zone, as in "2026-12-01T00:00:00Z".',
  );
}
