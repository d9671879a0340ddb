import type { RequestInEvent, RequestScope } from "./request-scope.ts";
import { checkBody } from "./result-body.ts";
import type { AcceptedBody } from "./result-body.ts";
import { isJsonObject, quoteValue, violation } from "./result-violation.ts";
import type { ResultViolation, ResultWarning } from "./result-violation.ts";
import { viewerText } from "./viewer-text.ts";

/** The body that replaces the viewer's; undefined keeps it. */
export interface CheckedBody {
  readonly kind: "body";
  readonly body: AcceptedBody | undefined;
}

/** Checks the `body` of a returned request (LE-B-21 to LE-B-27). */
export function checkRequestBody(
  returned: unknown,
  scope: RequestScope,
): CheckedBody | ResultViolation {
  const { eventType, request, quotas, warnings } = scope;
  if (returned === undefined) {
    return { kind: "body", body: undefined };
  }
  if (!isJsonObject(returned)) {
    return violation(
      "LE-B-21",
      viewerText.body,
      "body",
      `must be an object with action, encoding and data: got ${quoteValue(returned)}.`,
    );
  }
  const { action = "read-only", encoding, data } = returned;
  if (action === "read-only") {
    warnIgnoredBody(data, request, warnings);
    return { kind: "body", body: undefined };
  }
  if (action !== "replace") {
    return violation(
      "LE-B-21",
      viewerText.body,
      "body.action",
      `is not allowed: got ${quoteValue(action)}. Use "read-only" or "replace".`,
    );
  }
  const event = eventType === "viewer-request" ? "viewer" : "origin";
  const checked = checkBody(data, {
    subject: "body.data",
    encoding,
    defaultEncoding: "base64",
    encodingFactId: "LE-B-25",
    sizeFactId: "LE-B-26",
    maxBytes: (used) =>
      used === "text" ? quotas.replacedTextBodyBytes[event] : quotas.replacedBase64BodyBytes[event],
  });
  return "kind" in checked ? checked : { kind: "body", body: checked };
}

function warnIgnoredBody(data: unknown, request: RequestInEvent, warnings: ResultWarning[]): void {
  if (data !== undefined && data !== request.body?.data) {
    warnings.push({
      factId: "LE-B-24",
      message: 'body.data was changed while body.action is "read-only": the original body goes on.',
    });
  }
}
