import type { EventBody, EventHeaders, EventResponse, Origin } from "cf-types";
import type { HttpHeaders, HttpRequest, HttpResponse } from "../http/http-message.ts";
import { Recent } from "../recent.ts";
import {
  eventRequest,
  eventResponse,
  headersAfter,
  visibleHeaders,
  type EventRequest,
  type VisibleHeaders,
} from "./invocation-event.ts";

/** A message as a function sees it. */
export interface SeenMessage<Event> {
  readonly headers: VisibleHeaders;
  readonly event: Event;
  /** The JSON text of `event`. */
  readonly json: string;
}

/** What a request has in some events only. */
interface EventParts {
  readonly origin?: Origin | undefined;
  readonly body?: EventBody | undefined;
}

type RequestHead = Omit<HttpRequest, "body">;
type ResponseHead = Omit<HttpResponse, "body">;

interface SeenRequest extends SeenMessage<EventRequest> {
  readonly of: RequestHead;
  readonly origin: Origin | undefined;
}

interface SeenResponse extends SeenMessage<EventResponse> {
  readonly of: ResponseHead;
}

interface ChangedHeaders {
  readonly accepted: EventHeaders;
  readonly before: HttpHeaders;
  readonly after: HttpHeaders;
}

/** How many of each are remembered. */
const MOST = 16;

/**
 * What was made lately of messages for functions, and of what functions gave. Messages are never
 * changed, and many requests share the object of their headers: where it is the very same one, so is
 * what is made of it.
 */
export class RecentMessages {
  readonly #requests = new Recent<SeenRequest>(MOST);
  readonly #responses = new Recent<SeenResponse>(MOST);
  readonly #changed = new Recent<ChangedHeaders>(MOST);

  /**
   * Returns a request as functions see it.
   *
   * @param origin at origin events
   * @param body where it is included: then nothing is remembered
   */
  request(request: HttpRequest, { origin, body }: EventParts = {}): SeenMessage<EventRequest> {
    if (body === undefined) {
      for (const seen of this.#requests.items) {
        if (seen.origin === origin && isSameRequest(seen.of, request)) return seen;
      }
    }
    const headers = visibleHeaders(request.headers);
    const event = eventRequest(request, headers.visible, { origin, body });
    const seen = { headers, event, json: JSON.stringify(event) };
    if (body !== undefined) return seen;
    const { clientIp, method, uri, querystring } = request;
    const of = { clientIp, method, uri, querystring, headers: request.headers };
    return this.#requests.add({ ...seen, of, origin });
  }

  /** Returns a response as functions see it. */
  response(response: HttpResponse): SeenMessage<EventResponse> {
    const { status, statusDescription } = response;
    for (const seen of this.#responses.items) {
      if (isSameResponse(seen.of, response)) return seen;
    }
    const headers = visibleHeaders(response.headers);
    const event = eventResponse(response, headers.visible);
    const of = { status, statusDescription, headers: response.headers };
    return this.#responses.add({ headers, event, json: JSON.stringify(event), of });
  }

  /** Returns the headers that go on, with those that were hidden from the function. */
  headersAfter(accepted: EventHeaders, before: HttpHeaders, seen: VisibleHeaders): HttpHeaders {
    for (const changed of this.#changed.items) {
      if (changed.accepted === accepted && changed.before === before) return changed.after;
    }
    const after = headersAfter(accepted, before, seen);
    return this.#changed.add({ accepted, before, after }).after;
  }
}

function isSameRequest(a: RequestHead, b: RequestHead): boolean {
  return (
    a.headers === b.headers &&
    a.uri === b.uri &&
    a.querystring === b.querystring &&
    a.method === b.method &&
    a.clientIp === b.clientIp
  );
}

function isSameResponse(a: ResponseHead, b: ResponseHead): boolean {
  return (
    a.headers === b.headers && a.status === b.status && a.statusDescription === b.statusDescription
  );
}
