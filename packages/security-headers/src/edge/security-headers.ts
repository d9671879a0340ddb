import type {
  EventHeader,
  EventHeaders,
  OriginResponseEvent,
  OriginResponseHandler,
  ViewerResponseEvent,
  ViewerResponseHandler,
} from "cf-types";
import type { CompiledSecurityHeaders } from "./compiled-security-headers.ts";
import { changedHeaders, decide, type HeaderDecision, type HeaderReader } from "./decide.ts";
import type { ReadySecurityHeaders } from "./header-rules.ts";
import { readySecurityHeaders } from "./ready-security-headers.ts";

/** A handler for viewer-response and origin-response alike. */
export type SecurityHeadersHandler = ViewerResponseHandler & OriginResponseHandler;

/** Header lines as a decision passes them on. */
type Lines = readonly Readonly<EventHeader>[];
/** A name that a response may have and no object by nature. */
type Names = Readonly<Record<string, true>>;

const lineReader: HeaderReader<Lines, Names> = {
  valueOf: (lines) => lines[0]?.value,
  hasName: (names, name) => names[name] === true,
};

/**
 * Returns a handler that sets the compiled headers on each response. A header of the same name is
 * replaced, unless the options keep it; all others are left as they are, unless the options remove them.
 */
export function createSecurityHeaders(compiled: CompiledSecurityHeaders): SecurityHeadersHandler {
  const ready = lambdaEdgeReady(compiled);

  return async (event: ViewerResponseEvent | OriginResponseEvent) => {
    const { request, response } = event.Records[0].cf;
    const { headers } = response;
    const decision = decideOnLines(ready, request.uri, headers, response.status);
    response.headers = changedLines(headers, decision);
    return response;
  };
}

/** Returns compiled options as Lambda@Edge reads them. */
export function lambdaEdgeReady(
  compiled: CompiledSecurityHeaders,
): ReadySecurityHeaders<Lines, Names> {
  return readySecurityHeaders(compiled, {
    headersOf: (lines) => lines,
    namesOf: (names) => Object.fromEntries(names.map((name) => [name, true])),
  });
}

/** Returns what is done to a response of Lambda@Edge. */
export function decideOnLines(
  ready: ReadySecurityHeaders<Lines, Names>,
  uri: string,
  headers: Readonly<EventHeaders>,
  status: string,
): HeaderDecision<Lines, Names> {
  // Read only where something depends on it: most sites treat all responses alike.
  const contentType = ready.documentType ? headers["content-type"]?.[0]?.value : undefined;
  return decide(ready, { uri, contentType, isNotModified: status === "304" });
}

/** Returns headers of Lambda@Edge with the changes made. */
export function changedLines(
  headers: EventHeaders,
  decision: HeaderDecision<Lines, Names>,
): EventHeaders {
  return changedHeaders<Lines, Names>(headers, decision, lineReader) as EventHeaders;
}
