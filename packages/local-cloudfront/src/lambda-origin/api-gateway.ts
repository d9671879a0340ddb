import type { ApiIntegration, ApiRoute, ApiStage } from "../distribution/lambda-endpoints.ts";
import { endpointResponse, errorResponse, type EndpointError } from "./endpoint-response.ts";
import type { EndpointRequest, EndpointResponse, RoutedRequest } from "./lambda-origin.ts";

type LambdaIntegration = Extract<ApiIntegration, { kind: "lambda" }>;

/** An error of API Gateway, in JSON. */
export function apiError(status: number, message: string, errorType?: string): EndpointError {
  return { status, errorType, body: JSON.stringify({ message }) };
}

/** What API Gateway responds with where a request came under another name than the API's own. */
export const forbidden = apiError(403, "Forbidden", "ForbiddenException");

/** The stage that a path begins with, and the path after it; `$default` takes all others. */
export function stageOf(
  stages: readonly ApiStage[],
  path: string,
): { readonly stage: ApiStage; readonly rest: string } | undefined {
  const [, first = ""] = path.split("/");
  const named = stages.find(({ name }) => name === first);
  if (named !== undefined) return { stage: named, rest: path.slice(first.length + 1) || "/" };
  const usual = stages.find(({ name }) => name === "$default");
  return usual && { stage: usual, rest: path };
}

/** Why no stage takes a path. */
export function noStageReason(
  logicalId: string,
  stages: readonly ApiStage[],
  path: string,
): string {
  const names = stages.map(({ name }) => name).join(", ") || "none";
  return `API ${logicalId} has no stage for ${path}: there are ${names}.`;
}

/** The route of an API that takes a request. */
export interface FoundRoute {
  readonly route: ApiRoute;
  readonly pathParameters: RoutedRequest["pathParameters"];
}

/** Responds as the integration of a route does; Lambda functions are run by whoever knows their event. */
export async function respondBy(
  { route, pathParameters }: FoundRoute,
  unrouted: EndpointRequest,
  named: Pick<RoutedRequest, "stage" | "routeKey" | "resource">,
  errors: { readonly unauthorized: EndpointError; readonly internal: EndpointError },
  run: (asked: RoutedRequest, integration: LambdaIntegration) => Promise<EndpointResponse>,
): Promise<EndpointResponse> {
  const { integration } = route;
  const asked: RoutedRequest = { ...unrouted, ...named, pathParameters };
  switch (integration.kind) {
    case "lambda": {
      const { lambda, mayInvoke } = integration;
      if (mayInvoke) return run(asked, integration);
      const reason = `No AWS::Lambda::Permission lets apigateway.amazonaws.com invoke ${lambda.logicalId}.`;
      return errorResponse(asked, errors.internal, reason);
    }
    case "mock": {
      const { status, headers } = integration;
      const all = { "Content-Type": "application/json", ...headers };
      return {
        response: endpointResponse(asked, status, Object.entries(all), new Uint8Array()),
      };
    }
    case "guarded":
      return errorResponse(
        asked,
        integration.status === 401 ? errors.unauthorized : forbidden,
        integration.reason,
      );
    case "unavailable":
      return errorResponse(asked, errors.internal, integration.reason);
  }
}
