import {
  checkCloudFrontFunctionResult,
  isCloudFrontFunctionReadOnlyHeader,
  type CloudFrontFunctionResultCheck,
} from "cf-rules";
import { copyHeaders } from "../../http/empty-headers.ts";
import type { HttpHeaders, HttpRequest, HttpResponse } from "../../http/http-message.ts";
import { textOfBytes } from "../../http/byte-string.ts";
import { bytesAfter } from "../../http/visible-headers.ts";
import { Memo } from "../../memo.ts";
import type { CloudFrontFunctionEventType } from "../cloudfront-function.ts";
import type { ResultChanges } from "../invocation-event.ts";
import type { LazyViewerEvent } from "./viewer-event.ts";
import { newHeaders, statusDescriptionAfter } from "./result-to-http.ts";

/** What most functions do: set a path or a status, and headers without a look at those that are there. */
export type PlainChanges = PlainRequest | PlainResponse;

interface HeadersSet {
  readonly headers: HttpHeaders;
}

type PlainRequest = Extract<CloudFrontFunctionResultCheck, { readonly kind: "request" }> &
  HeadersSet;
type PlainResponse = Extract<CloudFrontFunctionResultCheck, { readonly kind: "response" }> &
  HeadersSet;

/** What may be set besides headers, by event type: what the head of an event has. */
const plainNames = {
  "viewer-request": ["method", "uri"],
  "viewer-response": ["statusCode", "statusDescription"],
} as const;

const maxKnown = 64;

/** Reads plain changes; what comes of a text depends on nothing else. */
export class PlainChangesReader {
  readonly #known = new Memo<{ readonly changes: PlainChanges | undefined }>(maxKnown);

  /**
   * Returns what `changes`, as in a run, come to; undefined where it takes the whole event to judge them, or
   * where CloudFront refuses them or warns of them.
   */
  read(event: LazyViewerEvent, changes: string | undefined): PlainChanges | undefined {
    if (changes === undefined) return undefined;
    const { eventType, method, head } = event;
    const read = () => ({ changes: plainChanges(event, changes) });
    return this.#known.get([eventType, method, head, changes], read).changes;
  }
}

function plainChanges(
  { eventType, method, head }: LazyViewerEvent,
  changes: string,
): PlainChanges | undefined {
  const { set, added } = JSON.parse(changes) as ResultChanges;
  const { headers = {}, ...otherParts } = added;
  const names: readonly string[] = plainNames[eventType];
  const isPlain =
    Object.keys(set).every((name) => names.includes(name)) &&
    Object.keys(otherParts).length === 0 &&
    !Object.keys(headers).some((name) => takesEvent(eventType, name));
  if (!isPlain) return undefined;
  const values = JSON.parse(head) as readonly unknown[];
  const before = Object.fromEntries(names.map((name, index) => [name, values[index]]));
  const checked = checkCloudFrontFunctionResult(JSON.stringify({ ...before, ...set, headers }), {
    eventType,
    request: { method, headers: {} },
    response: { headers: {} },
  });
  if (checked.kind === "violation" || checked.warnings.length > 0) return undefined;
  const message = checked.kind === "request" ? checked.request : checked.response;
  return { ...checked, headers: newHeaders(message.headers) };
}

/** Whether it takes the event to say what setting a header does. */
function takesEvent(eventType: CloudFrontFunctionEventType, name: string): boolean {
  return (
    isCloudFrontFunctionReadOnlyHeader(eventType, name) ||
    name === "cookie" ||
    name === "set-cookie"
  );
}

/** Returns the request that goes on. */
export function requestFromPlain(
  { request: { uri }, headers }: PlainRequest,
  before: HttpRequest,
): HttpRequest {
  return {
    ...before,
    uri: bytesAfter(uri, before.uri),
    headers: withHeaders(before.headers, headers),
  };
}

/** Returns the response that goes on. */
export function responseFromPlain(
  { response, headers }: PlainResponse,
  before: HttpResponse,
): HttpResponse {
  return {
    ...before,
    status: response.statusCode,
    statusDescription: statusDescriptionAfter(response, before),
    headers: withHeaders(before.headers, headers),
  };
}

/** A header that is set to what it was keeps its lines. */
function withHeaders(before: HttpHeaders, changed: HttpHeaders): HttpHeaders {
  const names = Object.keys(changed);
  if (names.length === 0) return before;
  const headers = copyHeaders(before);
  for (const name of names) {
    const lines = changed[name] ?? [];
    const own = before[name];
    const isSame =
      own?.length === lines.length &&
      own.every(
        ({ value }, index) => textOfBytes(value) === textOfBytes(lines[index]?.value ?? ""),
      );
    if (!isSame) headers[name] = lines;
  }
  return headers;
}
