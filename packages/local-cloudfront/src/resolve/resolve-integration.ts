import {
  CloudAssemblyError,
  type TemplateProperty,
  type TemplateResource,
  tryResolve,
} from "cloud-assembly";
import type { ApiIntegration, ApiRoute, ApiStage } from "../distribution/lambda-endpoints.ts";
import { functionNameIn, mayInvoke } from "./lambda-permissions.ts";
import { resolveOriginFunction } from "./resolve-origin-function.ts";
import type { Resolution } from "./resolution.ts";

/** How an API invokes a function. */
interface IntegrationSettings {
  readonly payloadFormat: "1.0" | "2.0";
  readonly timeoutMs: number;
  /** Whether a role of the API lets it, whatever the function's own policy says. */
  readonly permitted: boolean;
}

/** Returns the resources of a type that belong to an API, by the property that names it. */
export function ofApi(
  api: TemplateResource,
  type: string,
  idProperty: string,
  { resources }: Resolution,
): readonly TemplateResource[] {
  const apiId = resources.physicalId(api);
  return resources
    .resourcesOfType(type)
    .filter(
      ({ properties }) => tryResolve(() => properties.property(idProperty).string()) === apiId,
    );
}

/** Returns the stages of an API. */
export function stagesOf(
  api: TemplateResource,
  type: string,
  idProperty: string,
  variablesProperty: string,
  resolution: Resolution,
): readonly ApiStage[] {
  return ofApi(api, type, idProperty, resolution).map(({ properties }) => {
    const variables = properties.property(variablesProperty);
    return {
      name: properties.property("StageName").string(),
      variables: Object.fromEntries(
        variables.names().map((name) => [name, variables.property(name).string()]),
      ),
    };
  });
}

/**
 * Resolves the function of a proxy integration, whose URI is its ARN or the path at which API Gateway
 * invokes it. What cannot run here makes this route unavailable, not the whole API.
 */
export function lambdaIntegration(
  uri: TemplateProperty,
  { payloadFormat, timeoutMs, permitted }: IntegrationSettings,
  resolution: Resolution,
): ApiIntegration {
  try {
    const lambda = resolveOriginFunction(uri, resolution);
    const caller = {
      principal: "apigateway.amazonaws.com",
      action: "lambda:InvokeFunction",
      sourceArn: undefined,
    };
    const isAllowed = permitted || mayInvoke(functionNameIn(uri.string()), caller, resolution);
    if (!isAllowed) {
      resolution.warn(
        uri.path,
        `Every request for it gets an error: no AWS::Lambda::Permission lets ${caller.principal} invoke ${lambda.logicalId}.`,
      );
    }
    return { kind: "lambda", lambda, payloadFormat, timeoutMs, mayInvoke: isAllowed };
  } catch (error) {
    if (!(error instanceof CloudAssemblyError)) throw error;
    const reason = `${error.message.replace(/\.$/, "")}.`;
    resolution.warn(uri.path, `Requests for it get an error: ${reason}`);
    return { kind: "unavailable", reason };
  }
}

/** The fixed response of a mock integration: constant headers stand in single quotes. */
export function mockIntegration(responses: readonly TemplateProperty[]): ApiIntegration {
  const [first] = responses;
  const parameters = first?.property("ResponseParameters");
  const headers = (parameters?.names() ?? []).flatMap((name) => {
    const [, header] = /^method\.response\.header\.(.+)$/.exec(name) ?? [];
    const [, constant] = /^'(.*)'$/.exec(parameters?.property(name).string() ?? "") ?? [];
    return header === undefined || constant === undefined ? [] : [[header, constant] as const];
  });
  return {
    kind: "mock",
    status: first?.property("StatusCode").number(200) ?? 200,
    headers: Object.fromEntries(headers),
  };
}

const methodNames = ["get", "head", "post", "put", "patch", "delete", "options"];
const anyMethod = "x-amazon-apigateway-any-method";

/**
 * Resolves the routes of an OpenAPI document in the `Body` of an API, as SAM writes them.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-swagger-extensions.html
 */
export function openApiRoutes(
  { properties, type }: TemplateResource,
  timeoutMs: number,
  resolution: Resolution,
): readonly ApiRoute[] {
  const paths = properties.property("Body").property("paths");
  const usualFormat = type === "AWS::ApiGatewayV2::Api" ? "2.0" : "1.0";
  return paths.names().flatMap((path) => {
    const item = paths.property(path);
    return item
      .names()
      .filter((name) => methodNames.includes(name.toLowerCase()) || name === anyMethod)
      .map((name) => ({
        method: name === anyMethod ? "ANY" : name.toUpperCase(),
        path: path === "/$default" ? undefined : path,
        integration: openApiIntegration(item.property(name), usualFormat, timeoutMs, resolution),
      }));
  });
}

function openApiIntegration(
  operation: TemplateProperty,
  usualFormat: "1.0" | "2.0",
  timeoutMs: number,
  resolution: Resolution,
): ApiIntegration {
  if (operation.property("security").items().length > 0) {
    const reason = `${operation.path} has an authorizer, which does not run here: nobody is let in.`;
    return { kind: "guarded", status: 401, reason };
  }
  const integration = operation.property("x-amazon-apigateway-integration");
  switch (integration.property("type").optionalString()?.toLowerCase()) {
    case "aws_proxy":
      return lambdaIntegration(
        integration.property("uri"),
        {
          payloadFormat: integration
            .property("payloadFormatVersion")
            .oneOf(["1.0", "2.0"], usualFormat),
          timeoutMs: integration.property("timeoutInMillis").number(timeoutMs),
          permitted: integration.property("credentials").isPresent,
        },
        resolution,
      );
    case "mock":
      return { kind: "mock", status: 200, headers: {} };
    default:
      return {
        kind: "unavailable",
        reason: `${operation.path} is no Lambda proxy integration, and does not run here.`,
      };
  }
}
