import type { Trace } from "../../trace/trace.ts";
import { showBody, type ShownBody } from "../show-body.ts";
import type { Inspected } from "../inspected.ts";

/** A request as it is exported: its secrets are masked, and its bodies are as long as they are kept. */
export interface ExportedRequest {
  readonly trace: Trace;
  readonly requestBody: ShownBody | undefined;
  readonly responseBody: ShownBody | undefined;
}

/** Reads what is kept of a request. */
export async function exportRequest(trace: Trace, inspected: Inspected): Promise<ExportedRequest> {
  const bodies = inspected.bodies(trace.requestId);
  const read = async (message: "request" | "response"): Promise<ShownBody | undefined> => {
    const body = bodies?.[message];
    return body && showBody(body, trace[message].headers, bodies.mask);
  };
  return { trace, requestBody: await read("request"), responseBody: await read("response") };
}

/** The path of a request with its query string. */
export function targetOf({ uri, querystring }: Pick<Trace, "uri" | "querystring">): string {
  return querystring === "" ? uri : `${uri}?${querystring}`;
}
