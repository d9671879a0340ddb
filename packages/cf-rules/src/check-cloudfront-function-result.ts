import type { CloudFrontFunctionRequest, CloudFrontFunctionResponse } from "cf-types";
import {
  checkBody,
  checkStatus,
  checkValues,
  invalidValue,
  type CloudFrontFunctionViolation,
} from "./cloudfront-function-values.ts";
import { isCloudFrontFunctionReadOnlyHeader, isDisallowedHeader } from "./header-rules.ts";
import { isJsonObject, quoteValue, type ResultWarning } from "./result-violation.ts";
import { cloudFrontFunctionText } from "./viewer-text.ts";

/** What a result is checked against: the messages of the event as they were. */
export interface CloudFrontFunctionResultScope {
  readonly eventType: "viewer-request" | "viewer-response";
  readonly request: { readonly method: string; readonly headers: object };
  /** At viewer-response only. */
  readonly response?: { readonly headers: object };
}

/** What came of checking the result of a CloudFront Function. */
export type CloudFrontFunctionResultCheck =
  | {
      readonly kind: "request";
      readonly request: CloudFrontFunctionRequest;
      readonly warnings: readonly ResultWarning[];
    }
  | {
      readonly kind: "response";
      readonly response: CloudFrontFunctionResponse;
      readonly warnings: readonly ResultWarning[];
    }
  | CloudFrontFunctionViolation;

/**
 * Checks what a CloudFront Function returned against its event.
 *
 * @param output the returned value as JSON text; undefined where it returned nothing that JSON has
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-event-structure.html
 */
export function checkCloudFrontFunctionResult(
  output: string | undefined,
  scope: CloudFrontFunctionResultScope,
): CloudFrontFunctionResultCheck {
  const result: unknown = output === undefined ? undefined : JSON.parse(output);
  if (!isJsonObject(result)) {
    return invalidValue(
      "FN-I-11",
      "The result",
      `must be an object: got ${quoteValue(result)}. Return event.request or a response.`,
    );
  }
  const isResponse = scope.eventType === "viewer-response" || "statusCode" in result;
  return isResponse ? checkResponse(result, scope) : checkRequest(result, scope);
}

function checkRequest(
  result: Readonly<Record<string, unknown>>,
  scope: CloudFrontFunctionResultScope,
): CloudFrontFunctionResultCheck {
  const { uri, method, querystring = {} } = result;
  if (typeof uri !== "string" || !uri.startsWith("/")) {
    return invalidValue(
      "FN-I-03",
      "request.uri",
      `must start with "/": got ${quoteValue(uri)}. Return event.request, or a response with a statusCode.`,
    );
  }
  const warnings: ResultWarning[] = [];
  if (method !== undefined && method !== scope.request.method) {
    warnings.push({
      factId: "FN-I-03",
      message: `request.method is read-only: got ${quoteValue(method)}. It stays ${scope.request.method}.`,
    });
  }
  const violation =
    checkHeaders("request", result["headers"], scope.request.headers, scope, warnings) ??
    checkValues("request.cookies", result["cookies"]) ??
    (typeof querystring === "string" ? undefined : checkValues("request.querystring", querystring));
  if (violation !== undefined) return violation;
  const request: CloudFrontFunctionRequest = {
    method: scope.request.method,
    uri,
    querystring: querystring as CloudFrontFunctionRequest["querystring"],
    headers: (result["headers"] ?? {}) as CloudFrontFunctionRequest["headers"],
    cookies: (result["cookies"] ?? {}) as CloudFrontFunctionRequest["cookies"],
  };
  return { kind: "request", request, warnings };
}

function checkResponse(
  result: Readonly<Record<string, unknown>>,
  scope: CloudFrontFunctionResultScope,
): CloudFrontFunctionResultCheck {
  const warnings: ResultWarning[] = [];
  const violation =
    checkStatus(result) ??
    checkHeaders("response", result["headers"], scope.response?.headers ?? {}, scope, warnings) ??
    checkValues("response.cookies", result["cookies"]) ??
    checkBody(result["body"]);
  if (violation !== undefined) return violation;
  return {
    kind: "response",
    response: result as unknown as CloudFrontFunctionResponse,
    warnings,
  };
}

/** Names, then values, then what a function must not touch (FN-I-07, FN-I-20, FN-I-38). */
function checkHeaders(
  message: "request" | "response",
  returned: unknown,
  before: object,
  { eventType }: CloudFrontFunctionResultScope,
  warnings: ResultWarning[],
): CloudFrontFunctionViolation | undefined {
  const headers = isJsonObject(returned) ? returned : {};
  const names = Object.keys(headers);
  const upperCase = names.find((name) => name !== name.toLowerCase());
  if (upperCase !== undefined) {
    return {
      kind: "violation",
      factId: "FN-I-07",
      viewerText: `${cloudFrontFunctionText.invalidValue}${message}.headers must have header names in lower case.`,
      subject: `${message}.headers`,
      detail: `${message}.headers must have header names in lower case: got ${quoteValue(upperCase)}. Write ${quoteValue(upperCase.toLowerCase())}.`,
    };
  }
  for (const name of names.filter((each) => typeof headers[each] === "string")) {
    warnings.push({
      factId: "FN-I-54",
      message: `${message}.headers.${name} is a plain string: it is not set. Write { value: ${quoteValue(headers[name])} }.`,
    });
  }
  const set = Object.fromEntries(
    Object.entries(headers).filter(([, values]) => typeof values !== "string"),
  );
  return (
    checkValues(`${message}.headers`, returned === undefined ? undefined : set) ??
    disallowed(message, Object.keys(set), before) ??
    readOnly(message, set, before, eventType)
  );
}

function disallowed(
  message: string,
  names: readonly string[],
  before: object,
): CloudFrontFunctionViolation | undefined {
  const name = names.find((each) => isDisallowedHeader(each) && !Object.hasOwn(before, each));
  if (name === undefined) return undefined;
  return {
    kind: "violation",
    factId: "FN-I-20",
    viewerText: cloudFrontFunctionText.disallowedHeader,
    subject: `${message}.headers.${name}`,
    detail: `${message}.headers.${name} is a header that functions must not add. Remove it.`,
  };
}

function readOnly(
  message: string,
  headers: Readonly<Record<string, unknown>>,
  before: object,
  eventType: CloudFrontFunctionResultScope["eventType"],
): CloudFrontFunctionViolation | undefined {
  const beforeByName = before as Readonly<Record<string, unknown>>;
  const name = [...new Set([...Object.keys(headers), ...Object.keys(before)])].find(
    (each) =>
      isCloudFrontFunctionReadOnlyHeader(eventType, each) &&
      JSON.stringify(headers[each]) !== JSON.stringify(beforeByName[each]),
  );
  if (name === undefined) return undefined;
  const did = !Object.hasOwn(before, name)
    ? "added"
    : !Object.hasOwn(headers, name)
      ? "deleted"
      : "changed";
  const remedy =
    did === "deleted" && eventType === "viewer-response"
      ? "Change event.response and return it, not an object of your own."
      : "Leave it as it is in the event.";
  return {
    kind: "violation",
    factId: did === "deleted" && name === "via" ? "FN-I-38" : "FN-I-20",
    viewerText: cloudFrontFunctionText.readOnlyHeader,
    subject: `${message}.headers.${name}`,
    detail: `${message}.headers.${name} is read-only at ${eventType}, and was ${did}. ${remedy}`,
  };
}
