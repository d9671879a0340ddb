import type {
  CloudFrontFunctionEventRequest,
  CloudFrontFunctionRequest,
  CloudFrontFunctionResponse,
  CloudFrontFunctionViewerRequestEvent,
  CloudFrontFunctionViewerResponseEvent,
} from "cf-types";
import { cloudFrontFunctionReader } from "edge-handler";
import type { CompiledOrigin, OriginCall } from "./compiled-origin-select.ts";
import { byDefault, decide, type DecisionEngine } from "./decide.ts";
import type { ReadyOriginSelect } from "./ready-origin-select.ts";
import { splitCookie } from "./split-cookie.ts";

/** The options as they are in the code of a CloudFront Function. */
export interface InlineOriginSelect extends ReadyOriginSelect {
  readonly origins: Readonly<Record<string, Omit<CompiledOrigin, "lambdaEdge">>>;
}

/** The module `cloudfront`, which is in front of the bundle. */
declare const cf: {
  readonly edgeLocation?: { readonly region?: string };
  updateRequestOrigin(origin: object): void;
  selectRequestOriginById(originId: string, options: object): void;
  createRequestOriginGroup(group: object): void;
};

type Event = CloudFrontFunctionViewerRequestEvent | CloudFrontFunctionViewerResponseEvent;

/** Returns the handler of `createOriginSelect` for CloudFront Functions: the same decision, and the origin at once. */
export function createCloudFrontOriginSelect(
  options: InlineOriginSelect,
): (event: Event) => CloudFrontFunctionRequest | CloudFrontFunctionResponse {
  return (event) => {
    const engine: DecisionEngine<CloudFrontFunctionEventRequest> = {
      reader: cloudFrontFunctionReader,
      region: () => (cf.edgeLocation && cf.edgeLocation.region) || "",
      address: () => event.viewer.ip,
    };
    const request = event.request;
    if ("response" in event) {
      const cookie = splitCookie(options, request, engine);
      const response = event.response;
      if (cookie)
        response.cookies[cookie.name] = { value: cookie.value, attributes: cookie.attributes };
      return response;
    }
    const decision = decide(options, request, engine);
    request.uri = decision.uri;
    const target = options.origins[decision.origin];
    request.headers[options.header] = { value: decision.origin || byDefault };
    if (target) sendTo(target.call);
    return request;
  };
}

function sendTo(call: OriginCall): void {
  if (call[0] === "selectRequestOriginById") cf.selectRequestOriginById(call[1], call[2]);
  else cf[call[0]](call[1]);
}
