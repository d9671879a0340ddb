import { CloudAssemblyError, type TemplateProperty, type TemplateResource } from "cloud-assembly";
import type { ApiIntegration, ApiRoute, HttpApi } from "../distribution/lambda-endpoints.ts";
import { lambdaIntegration, ofApi, openApiRoutes, stagesOf } from "./resolve-integration.ts";
import type { Resolution } from "./resolution.ts";

/** Milliseconds: the longest that an HTTP API waits. */
const timeoutMs = 30_000;

/**
 * Resolves an HTTP API: its routes and what answers them.
 *
 * @throws {CloudAssemblyError} when it is another kind of API.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigatewayv2-api.html
 */
export function resolveHttpApi(api: TemplateResource, resolution: Resolution): HttpApi {
  const { logicalId, properties } = api;
  if (properties.property("ProtocolType").optionalString() === "WEBSOCKET") {
    throw new CloudAssemblyError(`API ${logicalId} is a WebSocket API, which does not run here.`);
  }
  const routes = ofApi(api, "AWS::ApiGatewayV2::Route", "ApiId", resolution).map((route) =>
    resolveRoute(route, api, resolution),
  );
  const target = properties.property("Target");
  const stages = stagesOf(api, "AWS::ApiGatewayV2::Stage", "ApiId", "StageVariables", resolution);
  if (!target.isPresent) {
    return {
      kind: "http-api",
      logicalId,
      stages,
      routes: [...routes, ...openApiRoutes(api, timeoutMs, resolution)],
    };
  }
  // A quick create: one route and one stage, which are no resources of the template.
  const routeKey = properties.property("RouteKey").optionalString() ?? "$default";
  const permitted = properties.property("CredentialsArn").isPresent;
  const integration = lambdaIntegration(
    target,
    { payloadFormat: "2.0", timeoutMs, permitted },
    resolution,
  );
  return {
    kind: "http-api",
    logicalId,
    stages: [...stages, { name: "$default", variables: {} }],
    routes: [...routes, { ...splitRouteKey(routeKey), integration }],
  };
}

function resolveRoute(
  { properties }: TemplateResource,
  api: TemplateResource,
  resolution: Resolution,
): ApiRoute {
  return {
    ...splitRouteKey(properties.property("RouteKey").string()),
    integration: guardOf(properties) ?? integrationOf(properties, api, resolution),
  };
}

function splitRouteKey(routeKey: string): Pick<ApiRoute, "method" | "path"> {
  const [method = "ANY", path] = routeKey.split(" ");
  return path === undefined ? { method: "ANY", path: undefined } : { method, path };
}

/** Tokens are not verified here: nobody is let in. */
function guardOf(route: TemplateProperty): ApiIntegration | undefined {
  const type = route.property("AuthorizationType").optionalString() ?? "NONE";
  if (type === "NONE") return undefined;
  const reason = `${route.path} has an authorizer (${type}), which does not run here: nobody is let in.`;
  return { kind: "guarded", status: type === "AWS_IAM" ? 403 : 401, reason };
}

function integrationOf(
  route: TemplateProperty,
  api: TemplateResource,
  resolution: Resolution,
): ApiIntegration {
  const target = route.property("Target").optionalString() ?? "";
  const id = target.replace(/^integrations\//, "");
  const found = ofApi(api, "AWS::ApiGatewayV2::Integration", "ApiId", resolution).find(
    (one) => resolution.resources.physicalId(one) === id,
  );
  if (found === undefined) {
    return { kind: "unavailable", reason: `${route.path} has no integration in the template.` };
  }
  const { properties } = found;
  if (properties.property("IntegrationType").optionalString() !== "AWS_PROXY") {
    return {
      kind: "unavailable",
      reason: `${properties.path} is no Lambda proxy integration, and does not run here.`,
    };
  }
  return lambdaIntegration(
    properties.property("IntegrationUri"),
    {
      payloadFormat: properties.property("PayloadFormatVersion").oneOf(["1.0", "2.0"], "1.0"),
      timeoutMs: properties.property("TimeoutInMillis").number(timeoutMs),
      permitted: properties.property("CredentialsArn").isPresent,
    },
    resolution,
  );
}
