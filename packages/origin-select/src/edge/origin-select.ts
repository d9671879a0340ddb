import type {
  OriginRequestEvent,
  OriginRequestHandler,
  ViewerRequest,
  ViewerRequestEvent,
  ViewerRequestHandler,
  ViewerResponseEvent,
  ViewerResponseHandler,
} from "cf-types";
import { lambdaEdgeReader } from "edge-handler";
import type { CompiledOriginSelect } from "./compiled-origin-select.ts";
import { byDefault, decide, type DecisionEngine } from "./decide.ts";
import { type ReadyOriginSelect, readyOriginSelect } from "./ready-origin-select.ts";
import { splitCookie } from "./split-cookie.ts";

/** A handler for origin-request, viewer-request and viewer-response alike. */
export type OriginSelectHandler = OriginRequestHandler &
  ViewerRequestHandler &
  ViewerResponseHandler;

/** Lambda's own. */
declare const process: { readonly env: Readonly<Record<string, string | undefined>> };

const region = (): string => process.env["AWS_REGION"] ?? "";

/** At viewer events. */
export const viewerEngine: DecisionEngine<Readonly<ViewerRequest>> = {
  reader: lambdaEdgeReader,
  region,
  address: ({ clientIp }) => clientIp,
};

/** There the User-Agent is CloudFront's own. */
export const originEngine: DecisionEngine<Readonly<ViewerRequest>> = {
  ...viewerEngine,
  address: () => "",
};

type Event = OriginRequestEvent | ViewerRequestEvent | ViewerResponseEvent;

/**
 * Returns a handler for Lambda@Edge. At origin-request it sends a request to an origin; at viewer-request it says in a
 * header to which, so that the cache keeps them apart; at viewer-response it has viewers keep it in a cookie.
 */
export function createOriginSelect(compiled: CompiledOriginSelect): OriginSelectHandler {
  const ready = readyOriginSelect(compiled);

  return (async (event: Event) => {
    const { cf } = event.Records[0];
    if ("response" in cf) return withCookie(ready, cf);
    if ("origin" in cf.request) return toOrigin(compiled, ready, cf.request);
    const { request } = cf;
    const { origin, uri } = decide(ready, request, viewerEngine);
    request.uri = uri;
    const { header } = ready;
    request.headers[header] = [{ key: header, value: origin || byDefault }];
    return request;
  }) as OriginSelectHandler;
}

function toOrigin(
  { origins }: CompiledOriginSelect,
  ready: ReadyOriginSelect,
  request: OriginRequestEvent["Records"][0]["cf"]["request"],
): typeof request {
  const { origin, uri } = decide(ready, request, originEngine);
  request.uri = uri;
  const target = origins[origin];
  if (target?.lambdaEdge) {
    const { origin: chosen, host } = target.lambdaEdge;
    // A function after this one may change it.
    request.origin = JSON.parse(JSON.stringify(chosen));
    request.headers["host"] = [{ key: "Host", value: host }];
  }
  return request;
}

function withCookie(
  ready: ReadyOriginSelect,
  { request, response }: ViewerResponseEvent["Records"][0]["cf"],
): typeof response {
  const cookie = splitCookie(ready, request, viewerEngine);
  if (cookie !== undefined) {
    const value = `${cookie.name}=${cookie.value}; ${cookie.attributes}`;
    (response.headers["set-cookie"] ??= []).push({ key: "Set-Cookie", value });
  }
  return response;
}
