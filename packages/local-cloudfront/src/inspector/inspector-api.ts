import type { IncomingMessage, ServerResponse } from "node:http";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import type { Trace } from "../trace/trace.ts";
import { stagesOf } from "../trace/stages-of.ts";
import { sendJson, sendProblem } from "./send-json.ts";
import { describeServed } from "./describe-served.ts";
import { exportRequest, exportRequests } from "./export/exported-request.ts";
import { toHar } from "./export/har.ts";
import { toVitestTest } from "./export/vitest-test.ts";
import type { Inspected } from "./inspected.ts";
import { readJsonBody } from "./read-json-body.ts";
import { readRequestEdits } from "./request-edits.ts";
import { showBody } from "./show-body.ts";
import { maxRequests, type RequestList } from "./request-list.ts";
import { streamRequests } from "./stream-requests.ts";

/** What the page asks of the inspector, by method and path. */
export interface InspectorRooms {
  readonly inspected: Inspected;
  readonly list: RequestList;
  /** Takes what ends an open stream. */
  readonly onStream: (end: () => void, outgoing: ServerResponse) => void;
}

/** Handles a request to the inspector's API; false for an unknown route. */
export async function handleApi(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  url: URL,
  { inspected, list, onStream }: InspectorRooms,
): Promise<boolean> {
  const [, id, part = ""] = /^\/api\/requests\/([\w=-]+)(\/\w+)?$/.exec(url.pathname) ?? [];
  const route = id === undefined ? url.pathname : `/api/requests/:id${part}`;
  switch (`${incoming.method} ${route}`) {
    case "GET /api/served":
      sendJson(outgoing, 200, describeServed(inspected));
      return true;
    case "GET /api/violations":
      sendJson(outgoing, 200, inspected.violations());
      return true;
    case "GET /api/requests": {
      inspected.keepTraces(maxRequests);
      const known = String(incoming.headers["last-event-id"] ?? "");
      onStream(streamRequests(outgoing, list, known), outgoing);
      return true;
    }
    case "GET /api/requests/:id":
      sendDetails(outgoing, inspected, id ?? "");
      return true;
    case "GET /api/requests/:id/bodies":
      await sendBodies(outgoing, inspected, id ?? "");
      return true;
    case "GET /api/requests/:id/har":
    case "GET /api/requests/:id/test":
      await sendExport(outgoing, inspected, id ?? "", part);
      return true;
    case "GET /api/har":
      await sendHar(outgoing, inspected, inspected.traces());
      return true;
    case "POST /api/clear":
      inspected.clear();
      sendJson(outgoing, 200, {});
      return true;
    case "POST /api/invalidate":
      await invalidate(incoming, outgoing, inspected);
      return true;
    case "POST /api/replay":
      await replay(incoming, outgoing, inspected);
      return true;
    default:
      return false;
  }
}

function sendDetails(outgoing: ServerResponse, inspected: Inspected, requestId: string): void {
  const trace = inspected.find(requestId);
  if (trace === undefined) sendGone(outgoing);
  else sendJson(outgoing, 200, { trace, stages: stagesOf(trace) });
}

async function sendBodies(
  outgoing: ServerResponse,
  inspected: Inspected,
  requestId: string,
): Promise<void> {
  const trace = inspected.find(requestId);
  const bodies = inspected.bodies(requestId);
  if (trace === undefined || bodies === undefined) {
    sendProblem(
      outgoing,
      404,
      "The bodies of this request are not kept any more: memory for bodies is bounded. Send it again to see them.",
    );
    return;
  }
  const { request, response, mask } = bodies;
  sendJson(outgoing, 200, {
    request: request && (await showBody(request, trace.request.headers, mask)),
    response: response && (await showBody(response, trace.response.headers, mask)),
  });
}

async function sendExport(
  outgoing: ServerResponse,
  inspected: Inspected,
  requestId: string,
  part: string,
): Promise<void> {
  const trace = inspected.find(requestId);
  if (trace === undefined) return sendGone(outgoing);
  if (part === "/har") return sendHar(outgoing, inspected, [trace]);
  const test = toVitestTest(await exportRequest(trace, inspected), inspected.options);
  return sendJson(outgoing, 200, { test });
}

async function sendHar(
  outgoing: ServerResponse,
  inspected: Inspected,
  traces: readonly Trace[],
): Promise<void> {
  const requests = await exportRequests(traces, inspected);
  outgoing.setHeader("Content-Disposition", 'attachment; filename="local-cloudfront.har"');
  sendJson(outgoing, 200, toHar(inspected.url, requests));
}

function sendGone(outgoing: ServerResponse): void {
  sendProblem(
    outgoing,
    404,
    "The details of this request are not kept any more: memory for traces is bounded. Send it again to see them.",
  );
}

async function invalidate(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  inspected: Inspected,
): Promise<void> {
  const body = await readJsonBody(incoming);
  const paths = body?.["paths"];
  if (!Array.isArray(paths) || !paths.every((path) => typeof path === "string")) {
    sendProblem(outgoing, 400, 'Pass the paths to invalidate, as in {"paths": ["/*"]}.');
    return;
  }
  await sendResult(outgoing, () => ({ objects: inspected.invalidate(paths) }));
}

async function replay(
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  inspected: Inspected,
): Promise<void> {
  const body = await readJsonBody(incoming);
  const requestId = body?.["requestId"];
  const edits = body && readRequestEdits(body);
  if (typeof requestId !== "string" || edits === undefined) {
    sendProblem(
      outgoing,
      400,
      'Pass the id of the request, and what is different, as in {"requestId": "…==", "method": "GET", "path": "/", "headers": [["Accept", "*/*"]], "body": ""}.',
    );
    return;
  }
  await sendResult(outgoing, async () => {
    const replayed = await inspected.replay(requestId, edits);
    return replayed === undefined ? undefined : { requestId: replayed };
  });
}

/** A mistake of the user's is reported as what it is. */
async function sendResult(
  outgoing: ServerResponse,
  act: () => object | undefined | Promise<object | undefined>,
): Promise<void> {
  try {
    const done = await act();
    if (done === undefined) sendGone(outgoing);
    else sendJson(outgoing, 200, done);
  } catch (error) {
    if (!(error instanceof LocalCloudFrontError)) throw error;
    sendProblem(outgoing, 400, error.message);
  }
}
