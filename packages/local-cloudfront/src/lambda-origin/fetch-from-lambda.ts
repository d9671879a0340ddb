import type { LambdaEndpoint } from "../distribution/lambda-endpoints.ts";
import type { SigningBehavior } from "../distribution/origins.ts";
import { fetchFromFunctionUrl } from "./function-url.ts";
import { fetchFromHttpApi } from "./http-api.ts";
import type { EndpointRequest, EndpointResponse } from "./lambda-origin.ts";
import { fetchFromRestApi } from "./rest-api.ts";

/**
 * Responds as the endpoint does, running the functions behind it. Bodies are not streamed.
 *
 * @param signingBehavior of the origin access control; undefined without one
 */
export function fetchFromLambda(
  endpoint: LambdaEndpoint,
  asked: EndpointRequest,
  signingBehavior: SigningBehavior | undefined,
): Promise<EndpointResponse> {
  switch (endpoint.kind) {
    case "function-url":
      return fetchFromFunctionUrl(endpoint, asked, signingBehavior);
    case "http-api":
      return fetchFromHttpApi(endpoint, asked);
    case "rest-api":
      return fetchFromRestApi(endpoint, asked);
  }
}
