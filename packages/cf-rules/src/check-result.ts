import type { EventBody, EventResponse, OriginRequest, ViewerRequest } from "cf-types";
import { lambdaEdgeQuotas } from "./quotas.ts";
import type { LambdaEdgeQuotas } from "./quotas.ts";
import type { RequestScope } from "./request-scope.ts";
import { checkOrigin } from "./result-origin.ts";
import { checkRequest } from "./result-request.ts";
import type { AcceptedRequest } from "./result-request.ts";
import { checkResponse } from "./result-response.ts";
import type { AcceptedResponse } from "./result-response.ts";
import { isJsonObject, quoteValue, violation } from "./result-violation.ts";
import type { ResultViolation, ResultWarning } from "./result-violation.ts";
import { viewerText } from "./viewer-text.ts";

/** What came of checking the result of a request function. */
export type RequestResultCheck = AcceptedRequest | AcceptedResponse | ResultViolation;

/** What came of checking the result of a response function. */
export type ResponseResultCheck = AcceptedResponse | ResultViolation;

/** A result as it was read from JSON. */
export interface ReadResult {
  readonly kind: "result";
  readonly result: unknown;
}

/** Reads the JSON text that a function returned (LE-B-54, LE-C-33). */
export function readResult(
  text: string,
  quotas: LambdaEdgeQuotas = lambdaEdgeQuotas,
): ReadResult | ResultViolation {
  if (text.length > quotas.resultJsonCharacters) {
    return violation(
      "LE-C-33",
      viewerText.notParsable,
      "The result",
      `is too large: got ${text.length} characters of JSON. At most ${quotas.resultJsonCharacters} are read.`,
    );
  }
  try {
    return { kind: "result", result: JSON.parse(text) };
  } catch {
    return violation(
      "LE-B-54",
      viewerText.notParsable,
      "The result",
      `is not JSON: got ${quoteValue(text)}.`,
    );
  }
}

/**
 * Checks what a viewer-request function returned against the request of its event.
 *
 * @param result the returned value, as read from JSON
 * @param request the request as it was in the event; it is not changed
 */
export function checkViewerRequestResult(
  result: unknown,
  request: ViewerRequest & { readonly body?: EventBody },
  quotas: LambdaEdgeQuotas = lambdaEdgeQuotas,
): RequestResultCheck {
  const warnings: ResultWarning[] = [];
  const scope: RequestScope = { eventType: "viewer-request", request, quotas, warnings };
  const checked = checkRequestResult(result, scope);
  if (checked.kind !== "request") {
    return checked;
  }
  if (isJsonObject(result) && result["origin"] !== undefined) {
    warnings.push({
      factId: "LE-B-28",
      message: "origin can only be chosen at origin-request: it is ignored.",
    });
  }
  return checked;
}

/**
 * Checks what an origin-request function returned against the request of its event.
 *
 * @param result the returned value, as read from JSON
 * @param request the request as it was in the event; it is not changed
 */
export function checkOriginRequestResult(
  result: unknown,
  request: OriginRequest & { readonly body?: EventBody },
  quotas: LambdaEdgeQuotas = lambdaEdgeQuotas,
): RequestResultCheck {
  const warnings: ResultWarning[] = [];
  const scope: RequestScope = { eventType: "origin-request", request, quotas, warnings };
  const checked = checkRequestResult(result, scope);
  if (checked.kind !== "request" || !isJsonObject(result)) {
    return checked;
  }
  const origin = checkOrigin(result["origin"], {
    eventOrigin: request.origin,
    requestHeaders: checked.headers,
    quotas,
    warnings,
  });
  return origin.kind === "violation" ? origin : { ...checked, origin: origin.origin };
}

/**
 * Checks what an origin-response function returned against the response of its event.
 *
 * @param result the returned value, as read from JSON
 * @param response the response as it was in the event; it is not changed
 */
export function checkOriginResponseResult(
  result: unknown,
  response: EventResponse,
  quotas: LambdaEdgeQuotas = lambdaEdgeQuotas,
): ResponseResultCheck {
  return isJsonObject(result)
    ? checkResponse(result, { eventType: "origin-response", response, quotas, warnings: [] })
    : notAnObject(result);
}

/**
 * Checks what a viewer-response function returned against the response of its event.
 *
 * @param result the returned value, as read from JSON
 * @param response the response as it was in the event; it is not changed
 */
export function checkViewerResponseResult(
  result: unknown,
  response: EventResponse,
  quotas: LambdaEdgeQuotas = lambdaEdgeQuotas,
): ResponseResultCheck {
  return isJsonObject(result)
    ? checkResponse(result, { eventType: "viewer-response", response, quotas, warnings: [] })
    : notAnObject(result);
}

/** A `status` makes a result a response, `uri` or `method` makes it a request (LE-B-55). */
function checkRequestResult(result: unknown, scope: RequestScope): RequestResultCheck {
  if (!isJsonObject(result)) {
    return notAnObject(result);
  }
  if (result["status"] !== undefined) {
    return checkResponse(result, { ...scope, response: undefined });
  }
  if (result["uri"] === undefined && result["method"] === undefined) {
    return violation(
      result["statusCode"] === undefined ? "LE-B-55" : "LE-D-25",
      viewerText.invalidResult,
      "The result",
      `is neither a request (uri) nor a response (status): got ${quoteValue(Object.keys(result))}. Return event.Records[0].cf.request or { "status": "200", … }.`,
    );
  }
  const checked = checkRequest(result, scope);
  return checked.kind === "violation"
    ? checked
    : { ...checked, origin: undefined, warnings: scope.warnings };
}

function notAnObject(result: unknown): ResultViolation {
  return violation(
    "LE-B-54",
    viewerText.notAnObject,
    "The result",
    `must be an object: got ${quoteValue(result)}. Return the request or a response.`,
  );
}
