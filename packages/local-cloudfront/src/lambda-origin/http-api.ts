import type { ApiRoute, HttpApi } from "../distribution/lambda-endpoints.ts";
import {
  apiError,
  type FoundRoute,
  forbidden,
  noStageReason,
  respondBy,
  stageOf,
} from "./api-gateway.ts";
import { errorResponse } from "./endpoint-response.ts";
import { decodePath } from "./event-parts.ts";
import type { EndpointRequest, EndpointResponse, RoutedRequest } from "./lambda-origin.ts";
import { bySpecificity, matchPath } from "./match-route.ts";
import { otherHostReason } from "./other-host.ts";
import { format1Event } from "./payload-format-1.ts";
import { format2Event } from "./payload-format-2.ts";
import { readFormat1Result, readFormat2Result } from "./read-function-result.ts";
import { runFunction } from "./run-function.ts";

const notFound = apiError(404, "Not Found");
const internal = apiError(500, "Internal Server Error");
const unavailable = apiError(503, "Service Unavailable");
const unauthorized = apiError(401, "Unauthorized");
const usualContentType = "text/plain;charset=UTF-8";

/**
 * Responds as an HTTP API does.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export async function fetchFromHttpApi(
  api: HttpApi,
  asked: EndpointRequest,
): Promise<EndpointResponse> {
  const otherHost = otherHostReason(`API ${api.logicalId}`, asked);
  if (otherHost !== undefined) return errorResponse(asked, forbidden, otherHost);
  const found = stageOf(api.stages, asked.path);
  const routed = found && routeOf(api.routes, asked.request.method, found.rest);
  if (found === undefined || routed === undefined) {
    const reason =
      found === undefined
        ? noStageReason(api.logicalId, api.stages, asked.path)
        : `API ${api.logicalId} has no route for ${asked.request.method} ${found.rest}.`;
    return errorResponse(asked, notFound, reason);
  }
  const { method, path } = routed.route;
  const named = {
    stage: found.stage,
    routeKey: path === undefined ? "$default" : `${method} ${path}`,
    resource: path ?? "$default",
  };
  return respondBy(routed, asked, named, { unauthorized, internal }, (onward, integration) => {
    const { lambda, payloadFormat, timeoutMs } = integration;
    const isFormat2 = payloadFormat === "2.0";
    return runFunction(onward, {
      lambda,
      event: isFormat2 ? event2(onward, lambda.arn) : event1(onward, lambda),
      timeoutMs,
      readOf: (json) =>
        isFormat2
          ? readFormat2Result(json, usualContentType)
          : readFormat1Result(json, usualContentType),
      decodesBase64: true,
      failed: internal,
      timedOut: unavailable,
    });
  });
}

/** A full match comes before one with a greedy variable, a method before ANY; `$default` is the last. */
function routeOf(
  routes: readonly ApiRoute[],
  method: string,
  path: string,
): FoundRoute | undefined {
  const matches = routes
    .filter((route) => route.method === method || route.method === "ANY")
    .flatMap((route) => {
      const match = route.path === undefined ? { pathParameters: {} } : matchPath(route.path, path);
      return match === undefined ? [] : { route, ...match };
    });
  return matches.toSorted(({ route: left }, { route: right }) => {
    if (left.path === undefined || right.path === undefined) {
      return Number(left.path === undefined) - Number(right.path === undefined);
    }
    const isAny = (route: ApiRoute): number => Number(route.method === "ANY");
    return bySpecificity(left.path, right.path) || isAny(left) - isAny(right);
  })[0];
}

/** The path of an HTTP API's event is decoded, and has its stage in front. */
function event2(asked: RoutedRequest, arn: string): string {
  return format2Event(asked, {
    accountId: arn.split(":")[4] ?? "",
    routeKey: asked.routeKey,
    stage: asked.stage.name,
    rawPath: decodePath(asked.path),
    pathParameters: asked.pathParameters,
    stageVariables: asked.stage.variables,
  });
}

function event1(
  asked: RoutedRequest,
  lambda: Parameters<typeof format1Event>[1]["lambda"],
): string {
  const path = decodePath(asked.path);
  return format1Event(asked, { version: "1.0", lambda, path, fullPath: path, isBinary: false });
}
