import { canonicalHeaderName } from "cf-rules";
import type {
  CloudFrontFunctionBody,
  CloudFrontFunctionEventResponse,
  CloudFrontFunctionRequest,
  CloudFrontFunctionResponse,
  CloudFrontFunctionValues,
} from "cf-types";
import { bytesOfText, textOfBytes } from "../../http/byte-string.ts";
import { emptyHeaders } from "../../http/empty-headers.ts";
import type { HttpHeaders, HttpRequest, HttpResponse } from "../../http/http-message.ts";
import { withBodyLength } from "../../http/body-length.ts";
import { bytesAfter, headersAfter, type VisibleHeaders } from "../../http/visible-headers.ts";
import {
  cookieLine,
  queryStringFromEvent,
  setCookieLines,
  valuesAfter,
  type ValuesByName,
} from "./message-parts.ts";
import type { EventRequest } from "./viewer-event.ts";

const noBody = new Uint8Array();
const nothing: HttpHeaders = Object.freeze(emptyHeaders());

/** Returns the request that goes on: the same one where the function changed nothing. */
export function requestFromResult(
  result: CloudFrontFunctionRequest,
  event: EventRequest,
  request: HttpRequest,
  seen: VisibleHeaders,
): HttpRequest {
  const uri = bytesAfter(result.uri, request.uri);
  const querystring = isSame(result.querystring, event.querystring)
    ? request.querystring
    : bytesOfText(queryStringFromEvent(result.querystring, event.querystring));
  const lines = headerLines(result.headers, event.headers, seen.visible, "cookie");
  if (!isSame(result.cookies, event.cookies)) {
    delete lines["cookie"];
    const value = cookieLine(result.cookies ?? {}, event.cookies);
    if (value !== "") lines["cookie"] = [{ key: "Cookie", value }];
  }
  const headers = headersFrom(lines, request.headers, seen);
  const isUnchanged =
    uri === request.uri && querystring === request.querystring && headers === request.headers;
  return isUnchanged ? request : { ...request, uri, querystring, headers };
}

/** Returns a response that a function generated at viewer-request. */
export function generatedResponse(result: CloudFrontFunctionResponse): HttpResponse {
  const lines = headerLines(result.headers, {}, nothing, "set-cookie");
  addSetCookies(lines, result.cookies, {});
  return {
    status: result.statusCode,
    statusDescription: bytesOfText(result.statusDescription ?? ""),
    headers: inBytes(lines),
    body: result.body === undefined ? noBody : decodeBody(result.body),
  };
}

/** Returns headers that a function set, of which none was there before. */
export function newHeaders(headers: ValuesByName | undefined): HttpHeaders {
  return inBytes(headerLines(headers, {}, nothing, "cookie"));
}

function inBytes(lines: Lines): HttpHeaders {
  return headersAfter(lines, nothing, { visible: nothing, hidden: undefined });
}

/** Returns the response that goes on after viewer-response: the same one where nothing was changed. */
export function responseFromResult(
  result: CloudFrontFunctionResponse,
  event: CloudFrontFunctionEventResponse,
  response: HttpResponse,
  seen: VisibleHeaders,
): HttpResponse {
  const lines = headerLines(result.headers, event.headers, seen.visible, "set-cookie");
  if (!isSame(result.cookies, event.cookies)) {
    delete lines["set-cookie"];
    addSetCookies(lines, result.cookies, event.cookies);
  }
  const headers = headersFrom(lines, response.headers, seen);
  const status = result.statusCode;
  const statusDescription = statusDescriptionAfter(result, response);
  const { body } = result;
  const isUnchanged =
    status === response.status &&
    statusDescription === response.statusDescription &&
    headers === response.headers &&
    body === undefined;
  if (isUnchanged) return response;
  if (body === undefined) return { ...response, status, statusDescription, headers };
  const bytes = decodeBody(body);
  return { status, statusDescription, headers: withBodyLength(headers, bytes), body: bytes };
}

/** Returns the reason phrase that goes on: that of another status only where the function set it. */
export function statusDescriptionAfter(
  { statusCode, statusDescription = "" }: CloudFrontFunctionResponse,
  before: HttpResponse,
): string {
  const textBefore = textOfBytes(before.statusDescription);
  const isSet = statusDescription !== "" && statusDescription !== textBefore;
  if (statusCode !== before.status && !isSet) return "";
  return isSet ? bytesOfText(statusDescription) : before.statusDescription;
}

/** The shape of Lambda@Edge's events, which `headersAfter` takes. */
type Lines = Parameters<typeof headersAfter>[0];

/**
 * Returns the lines of headers. What the function left alone has its own lines; what it set has a name
 * whose words are capitalised (FN-I-07). A value that is no object sets nothing (FN-I-54).
 *
 * @param cookieName the header that carries cookies, which is not in events (FN-I-08)
 */
function headerLines(
  returned: ValuesByName | undefined,
  before: ValuesByName,
  visible: HttpHeaders,
  cookieName: "cookie" | "set-cookie",
): Lines {
  const lines: Record<string, HttpHeaders[string]> = emptyHeaders();
  for (const name of Object.keys(returned ?? {})) {
    const values = returned?.[name];
    const own = visible[name];
    if (own !== undefined && isSame(values, before[name])) lines[name] = own;
    else if (isValues(values)) {
      const key = canonicalHeaderName(name);
      lines[name] = valuesAfter(values, before[name]).map(({ value }) => ({ key, value }));
    }
  }
  const cookies = visible[cookieName];
  if (cookies !== undefined) lines[cookieName] = cookies;
  return lines as Lines;
}

function isValues(values: unknown): values is CloudFrontFunctionValues {
  return typeof values === "object" && values !== null && "value" in values;
}

function addSetCookies(
  lines: Lines,
  cookies: CloudFrontFunctionResponse["cookies"] = {},
  before: CloudFrontFunctionEventResponse["cookies"],
): void {
  const set = setCookieLines(cookies, before);
  if (set.length > 0) lines["set-cookie"] = set.map((value) => ({ key: "Set-Cookie", value }));
}

/** Returns the very headers of the message where a function changed none. */
function headersFrom(lines: Lines, before: HttpHeaders, seen: VisibleHeaders): HttpHeaders {
  const names = Object.keys(lines);
  const isUnchanged =
    names.length === Object.keys(seen.visible).length &&
    names.every((name) => lines[name] === seen.visible[name]);
  return isUnchanged ? before : headersAfter(lines, before, seen);
}

function decodeBody(body: CloudFrontFunctionBody): Uint8Array {
  if (typeof body === "string") return Buffer.from(body, "utf8");
  return Buffer.from(body.data, body.encoding === "base64" ? "base64" : "utf8");
}

function isSame(one: unknown, other: unknown): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other);
}
