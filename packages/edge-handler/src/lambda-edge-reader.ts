import type { EventHeader, EventHeaders } from "cf-types";
import type { RequestReader } from "./request-reader.ts";

/** The part of a request of Lambda@Edge that the reader reads. */
export interface LambdaEdgeRequest {
  readonly method: string;
  readonly uri: string;
  readonly headers: EventHeaders;
  readonly querystring: string;
}

/** Reads the requests of Lambda@Edge, of viewer events and of origin events. */
export const lambdaEdgeReader: RequestReader<LambdaEdgeRequest> = {
  header(request, name) {
    const lines = request.headers[name];
    if (!lines) return lines;
    // Most have one line, and to join it would take as long as the rest of a decision.
    return lines.length === 1
      ? (lines[0] as EventHeader).value
      : lines.map((line) => line.value).join(name === "cookie" ? "; " : ",");
  },
  query(request) {
    return request.querystring;
  },
};
