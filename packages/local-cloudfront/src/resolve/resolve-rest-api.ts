import type { TemplateProperty, TemplateResource } from "cloud-assembly";
import type { ApiIntegration, ApiRoute, RestApi } from "../distribution/lambda-endpoints.ts";
import {
  lambdaIntegration,
  mockIntegration,
  ofApi,
  openApiRoutes,
  stagesOf,
} from "./resolve-integration.ts";
import type { Resolution } from "./resolution.ts";

/** Milliseconds: for how long a REST API waits where nothing else is said. */
const timeoutMs = 29_000;

/**
 * Resolves a REST API: its methods and what answers them.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-apigateway-method.html
 */
export function resolveRestApi(api: TemplateResource, resolution: Resolution): RestApi {
  const { logicalId, properties } = api;
  const paths = pathsOf(api, resolution);
  const methods = ofApi(api, "AWS::ApiGateway::Method", "RestApiId", resolution);
  const deployments = ofApi(api, "AWS::ApiGateway::Deployment", "RestApiId", resolution)
    .flatMap((deployment) => deployment.properties.property("StageName").optionalString() ?? [])
    .map((name) => ({ name, variables: {} }));
  return {
    kind: "rest-api",
    logicalId,
    stages: [
      ...stagesOf(api, "AWS::ApiGateway::Stage", "RestApiId", "Variables", resolution),
      ...deployments,
    ],
    routes: [
      ...methods.map((method) => resolveMethod(method.properties, paths, resolution)),
      ...openApiRoutes(api, timeoutMs, resolution),
    ],
    // In templates `/` may be written as `~1`.
    binaryMediaTypes: [
      ...properties.property("BinaryMediaTypes").strings(),
      ...properties.property("Body").property("x-amazon-apigateway-binary-media-types").strings(),
    ].map((mediaType) => mediaType.replaceAll("~1", "/")),
  };
}

/** The path of each resource by its id; the root's is `/`. */
function pathsOf(api: TemplateResource, resolution: Resolution): ReadonlyMap<string, string> {
  const { resources } = resolution;
  const paths = new Map([[resources.physicalId(api, "RootResourceId") ?? "", "/"]]);
  let left = ofApi(api, "AWS::ApiGateway::Resource", "RestApiId", resolution);
  for (let before = Infinity; left.length < before;) {
    before = left.length;
    left = left.filter((resource) => {
      const parent = paths.get(resource.properties.property("ParentId").string());
      if (parent === undefined) return true;
      const part = resource.properties.property("PathPart").string();
      const path = `${parent === "/" ? "" : parent}/${part}`;
      paths.set(resources.physicalId(resource) ?? "", path);
      return false;
    });
  }
  return paths;
}

function resolveMethod(
  method: TemplateProperty,
  paths: ReadonlyMap<string, string>,
  resolution: Resolution,
): ApiRoute {
  return {
    method: method.property("HttpMethod").string().toUpperCase(),
    path: paths.get(method.property("ResourceId").string()) ?? "/",
    integration: guardOf(method) ?? integrationOf(method.property("Integration"), resolution),
  };
}

/** Neither tokens nor keys are verified here: nobody is let in. */
function guardOf(method: TemplateProperty): ApiIntegration | undefined {
  const type = method.property("AuthorizationType").optionalString() ?? "NONE";
  if (type === "NONE" && !method.property("ApiKeyRequired").boolean(false)) return undefined;
  const guard = type === "NONE" ? "an API key" : `an authorizer (${type})`;
  const reason = `${method.path} demands ${guard}, which is not checked here: nobody is let in.`;
  const status = type === "CUSTOM" || type === "COGNITO_USER_POOLS" ? 401 : 403;
  return { kind: "guarded", status, reason };
}

function integrationOf(integration: TemplateProperty, resolution: Resolution): ApiIntegration {
  const type = integration.property("Type").optionalString();
  switch (type) {
    case "AWS_PROXY":
      return lambdaIntegration(
        integration.property("Uri"),
        {
          payloadFormat: "1.0",
          timeoutMs: integration.property("TimeoutInMillis").number(timeoutMs),
          permitted: integration.property("Credentials").isPresent,
        },
        resolution,
      );
    case "MOCK":
      return mockIntegration(integration.property("IntegrationResponses").items());
    default:
      return {
        kind: "unavailable",
        reason: `${integration.path} is of the type ${type ?? "(none)"}, which does not run here.`,
      };
  }
}
