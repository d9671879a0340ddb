import type { ApiRoute, RestApi } from "../distribution/lambda-endpoints.ts";
import {
  apiError,
  type FoundRoute,
  forbidden,
  noStageReason,
  respondBy,
  stageOf,
} from "./api-gateway.ts";
import { errorResponse } from "./endpoint-response.ts";
import { headerValue } from "./event-parts.ts";
import type { EndpointRequest, EndpointResponse } from "./lambda-origin.ts";
import { bySpecificity, matchPath } from "./match-route.ts";
import { otherHostReason } from "./other-host.ts";
import { format1Event } from "./payload-format-1.ts";
import { readFormat1Result } from "./read-function-result.ts";
import { runFunction } from "./run-function.ts";

const noSuchMethod = apiError(
  403,
  "Missing Authentication Token",
  "MissingAuthenticationTokenException",
);
const malformed = apiError(502, "Internal server error", "InternalServerErrorException");
const internal = apiError(500, "Internal server error", "InternalServerErrorException");
const timedOut = apiError(504, "Endpoint request timed out", "InternalServerErrorException");
const unauthorized = apiError(401, "Unauthorized", "UnauthorizedException");

/**
 * Responds as a REST API with proxy integrations does.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html
 */
export async function fetchFromRestApi(
  api: RestApi,
  asked: EndpointRequest,
): Promise<EndpointResponse> {
  const otherHost = otherHostReason(`API ${api.logicalId}`, asked);
  if (otherHost !== undefined) return errorResponse(asked, forbidden, otherHost);
  const found = stageOf(api.stages, asked.path);
  if (found === undefined) {
    const reason = `${noStageReason(api.logicalId, api.stages, asked.path)} The origin's OriginPath names the stage.`;
    return errorResponse(asked, forbidden, reason);
  }
  const path = found.rest === "/" ? "/" : found.rest.replace(/\/$/, "");
  const routed = routeOf(api.routes, asked.request.method, path);
  if (routed === undefined) {
    const reason = `API ${api.logicalId} has no method for ${asked.request.method} ${path}.`;
    return errorResponse(asked, noSuchMethod, reason);
  }
  const { method, path: resource = "/" } = routed.route;
  const named = { stage: found.stage, routeKey: `${method} ${resource}`, resource };
  const errors = { unauthorized, internal };
  return respondBy(routed, asked, named, errors, (onward, { lambda, timeoutMs }) =>
    runFunction(onward, {
      lambda,
      event: format1Event(onward, {
        version: undefined,
        lambda,
        path: found.rest,
        fullPath: asked.path,
        isBinary: isAmong(api.binaryMediaTypes, headerValue(asked.request, "content-type")),
      }),
      timeoutMs,
      readOf: (json) => readFormat1Result(json, "application/json"),
      decodesBase64: isAmong(api.binaryMediaTypes, headerValue(asked.request, "accept")),
      failed: malformed,
      timedOut,
    }),
  );
}

/** The resource is chosen by its path alone, then its method: ANY is each that it does not have. */
function routeOf(
  routes: readonly ApiRoute[],
  method: string,
  path: string,
): FoundRoute | undefined {
  const paths = [...new Set(routes.map((route) => route.path ?? "/"))].toSorted(bySpecificity);
  for (const template of paths) {
    const match = matchPath(template, path);
    if (match === undefined) continue;
    const methods = routes.filter((route) => (route.path ?? "/") === template);
    const route =
      methods.find((one) => one.method === method) ?? methods.find((one) => one.method === "ANY");
    return route && { route, ...match };
  }
  return undefined;
}

/** Only the first media type that a header names counts. */
function isAmong(mediaTypes: readonly string[], header: string): boolean {
  const [first = ""] = header.split(/[,;]/);
  const named = first.trim().toLowerCase();
  return mediaTypes.some((mediaType) => {
    const [type = "", subtype = ""] = mediaType.toLowerCase().split("/");
    if (type === "*") return true;
    return subtype === "*" ? named.startsWith(`${type}/`) : named === mediaType.toLowerCase();
  });
}
