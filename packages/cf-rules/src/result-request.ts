import type { EventHeaders, Origin } from "cf-types";
import type { RequestInEvent, RequestScope } from "./request-scope.ts";
import type { AcceptedBody } from "./result-body.ts";
import { checkHeaders } from "./result-headers.ts";
import { checkRequestBody } from "./result-request-body.ts";
import { checkLength, checkQuerystring, checkUri, invalidUri } from "./result-uri.ts";
import { quoteValue } from "./result-violation.ts";
import type { ResultViolation, ResultWarning } from "./result-violation.ts";

/** A request that goes on as a function returned it. */
export interface AcceptedRequest {
  readonly kind: "request";
  readonly uri: string;
  readonly querystring: string;
  /** The event's own object where nothing was changed. */
  readonly headers: EventHeaders;
  /** The body that replaces the viewer's; undefined keeps it. */
  readonly body: AcceptedBody | undefined;
  /** The origin that replaces the configured one; undefined keeps it. */
  readonly origin: Origin | undefined;
  readonly warnings: readonly ResultWarning[];
}

/** The parts of a request that are the same at both request events. */
export type CheckedRequest = Omit<AcceptedRequest, "origin" | "warnings">;

type JsonObject = Readonly<Record<string, unknown>>;

/** Checks a returned request, apart from its origin. */
export function checkRequest(
  returned: JsonObject,
  scope: RequestScope,
): CheckedRequest | ResultViolation {
  const { request, warnings } = scope;
  warnReadOnlyFields(returned, request, warnings);
  const uri = returned["uri"];
  const querystring = readQuerystring(returned["querystring"], request, warnings);
  const wrong =
    (uri === request.uri ? undefined : checkUri(uri, warnings)) ??
    (querystring === request.querystring ? undefined : checkQuerystring(querystring, warnings));
  if (wrong !== undefined) {
    return wrong;
  }
  if (typeof uri !== "string" || typeof querystring !== "string") {
    return invalidUri(uri);
  }
  const tooLong = checkLength(uri, querystring, scope.quotas);
  if (tooLong !== undefined) {
    return tooLong;
  }
  const headers = readHeaders(returned["headers"], scope);
  if (headers.kind === "violation") {
    return headers;
  }
  const body = checkRequestBody(returned["body"], scope);
  return body.kind === "violation"
    ? body
    : { kind: "request", uri, querystring, headers: headers.headers, body: body.body };
}

function warnReadOnlyFields(
  returned: JsonObject,
  request: RequestInEvent,
  warnings: ResultWarning[],
): void {
  for (const [field, factId] of [
    ["method", "LE-B-05"],
    ["clientIp", "LE-B-04"],
  ] as const) {
    if (returned[field] !== undefined && returned[field] !== request[field]) {
      warnings.push({
        factId,
        message: `${field} is read-only: got ${quoteValue(returned[field])}. ${quoteValue(request[field])} stays.`,
      });
    }
  }
}

function readQuerystring(
  returned: unknown,
  request: RequestInEvent,
  warnings: ResultWarning[],
): unknown {
  if (returned !== undefined) {
    return returned;
  }
  if (request.querystring !== "") {
    warnings.push({
      factId: "LE-B-56",
      message: "querystring is missing in the result: it is taken as empty.",
    });
  }
  return "";
}

function readHeaders(returned: unknown, { eventType, request, warnings }: RequestScope) {
  if (returned === undefined) {
    warnings.push({
      factId: "LE-B-56",
      message: "headers are missing in the result: those of the event stay. Return them.",
    });
    return { kind: "headers", headers: request.headers } as const;
  }
  const checked = checkHeaders(returned, { eventType, eventHeaders: request.headers, warnings });
  if (
    checked.kind === "headers" &&
    Object.hasOwn(checked.headers, "set-cookie") &&
    !Object.hasOwn(request.headers, "set-cookie")
  ) {
    warnings.push({
      factId: "LE-D-20",
      message: "headers.set-cookie of a request goes to the origin, not to the viewer.",
    });
  }
  return checked;
}
