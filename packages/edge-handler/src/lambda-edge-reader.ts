import type { EventHeaders } from "cf-types";
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
    return lines && lines.map((line) => line.value).join(name === "cookie" ? "; " : ",");
  },
  query(request) {
    return request.querystring;
  },
};
