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

/** Characters of all bodies in one export: a few bytes may stand for many. */
const maxCharacters = 64 * 1024 * 1024;

/** Reads what is kept of several requests; when they get too long, without the bodies of those that are left. */
export async function exportRequests(
  traces: readonly Trace[],
  inspected: Inspected,
): Promise<readonly ExportedRequest[]> {
  const exported: ExportedRequest[] = [];
  let characters = 0;
  for (const trace of traces) {
    const request =
      characters < maxCharacters
        ? await exportRequest(trace, inspected)
        : { trace, requestBody: undefined, responseBody: undefined };
    const { requestBody, responseBody } = request;
    characters += (requestBody?.base64.length ?? 0) + (responseBody?.base64.length ?? 0);
    exported.push(request);
  }
  return exported;
}

/** The path of a request with its query string. */
export function targetOf({ uri, querystring }: Pick<Trace, "uri" | "querystring">): string {
  return querystring === "" ? uri : `${uri}?${querystring}`;
}
