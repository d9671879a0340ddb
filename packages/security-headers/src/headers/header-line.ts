import { isDisallowedHeader, isReadOnlyHeader } from "cf-rules";
import type { EventHeader } from "cf-types";
import type { ResponseEventType } from "../edge/compiled-security-headers.ts";
import {
  checks,
  invalidName,
  SecurityHeadersOptionsError,
} from "../security-headers-options-error.ts";

// Narrower than RFC 9110, 5.6.2: no header in use has another character in its name.
const headerName = /^[A-Za-z\d][\w-]*$/;
const printableAscii = /^[!-~](?:[ -~]*[!-~])?$/;

/**
 * Returns a header line that CloudFront sends as it is given.
 *
 * @param subject How an error names the option, as in `server` or `headers["X-Robots-Tag"]`.
 * @throws {SecurityHeadersOptionsError} `INVALID_NAME`, `FORBIDDEN_HEADER`, `INVALID_TYPE` or
 *   `INVALID_VALUE`.
 */
export function headerLine(
  subject: string,
  key: string,
  value: unknown,
  eventType: ResponseEventType,
): EventHeader {
  if (!headerName.test(key)) {
    throw invalidName(
      `${subject} is not the name of a header. Allowed: letters, digits, "-" and "_".`,
    );
  }
  refuseForbiddenHeader(key.toLowerCase(), subject, eventType);
  if (typeof value !== "string") {
    const remedy = "Give a string, or false to switch a default off.";
    throw checks.invalidType(subject, "is not the value of a header", value, remedy);
  }
  refuseUnsendable(subject, value);
  return { key, value };
}

/** Refuses a text for which CloudFront responds with 502 (LE-C-15), or that it would change. */
export function refuseUnsendable(subject: string, text: string): void {
  if (printableAscii.test(text)) return;
  const remedy = "Allowed: printable ASCII on one line, not empty, no space around it.";
  throw checks.invalidValue(subject, "cannot be sent", text, remedy);
}

/**
 * Refuses a header for which CloudFront responds with 502 (LE-C-17), whether it
 * is set or removed (LE-C-09).
 *
 * @throws {SecurityHeadersOptionsError} `FORBIDDEN_HEADER`.
 */
export function refuseForbiddenHeader(
  lowerCaseName: string,
  subject: string,
  eventType: ResponseEventType,
): void {
  const problem = isReadOnlyHeader(eventType, lowerCaseName)
    ? `is read-only in ${eventType} functions`
    : isDisallowedHeader(lowerCaseName)
      ? "is a header that no edge function may set"
      : undefined;
  if (problem === undefined) return;
  throw new SecurityHeadersOptionsError(
    "FORBIDDEN_HEADER",
    `${subject} ${problem}. CloudFront would respond to every request with 502: leave it out.`,
  );
}
