import type { EventHeader } from "cf-types";
import { refuseForbiddenHeader } from "./refuse-forbidden-header.ts";
import type { ResponseEventType } from "./response-event-type.ts";
import { SecurityHeadersOptionsError } from "./security-headers-options-error.ts";

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
  eventType: ResponseEventType = "viewer-response",
): EventHeader {
  if (!headerName.test(key)) {
    throw new SecurityHeadersOptionsError(
      "INVALID_NAME",
      `${subject} is not the name of a header. Allowed: letters, digits, "-" and "_".`,
    );
  }
  refuseForbiddenHeader(key.toLowerCase(), subject, eventType);
  if (typeof value !== "string") {
    throw new SecurityHeadersOptionsError(
      "INVALID_TYPE",
      `${subject} is not the value of a header: got ${JSON.stringify(value)}. Give a string, or false to switch a default off.`,
    );
  }
  // LE-C-15: CloudFront answers 502 where a value has a control character.
  if (!printableAscii.test(value)) {
    throw new SecurityHeadersOptionsError(
      "INVALID_VALUE",
      `${subject} cannot be sent: got ${JSON.stringify(value)}. Allowed: printable ASCII on one line, not empty, no space around it.`,
    );
  }
  return { key, value };
}
