import { CloudAssemblyError, type TemplateProperty, type TemplateResource } from "cloud-assembly";
import type {
  FunctionUrl,
  HttpApi,
  LambdaEndpoint,
  RestApi,
} from "../distribution/lambda-endpoints.ts";
import type { SigningBehavior } from "../distribution/origins.ts";
import { functionNameIn, mayInvoke } from "./lambda-permissions.ts";
import { resolveHttpApi } from "./resolve-http-api.ts";
import { resolveOriginFunction } from "./resolve-origin-function.ts";
import { resolveRestApi } from "./resolve-rest-api.ts";
import type { Resolution } from "./resolution.ts";

/**
 * Resolves the function URL or the API of the assembly that an origin is at; undefined where it is at
 * none of them.
 *
 * @param signingBehavior of the origin's access control; undefined without one.
 * @throws {CloudAssemblyError} when it cannot run here: the message is a clause without a full stop.
 */
export function resolveLambdaEndpoint(
  origin: TemplateProperty,
  signingBehavior: SigningBehavior | undefined,
  resolution: Resolution,
): LambdaEndpoint | undefined {
  const host = origin.property("DomainName").string().toLowerCase();
  const { resources, stack } = resolution;
  // What a user gave for it is the real one.
  if (!resources.isSyntheticHost(host)) return undefined;
  const url = resources.find(stack, "AWS::Lambda::Url", `https://${host}/`, "FunctionUrl");
  if (url !== undefined) return resolveFunctionUrl(url, origin, signingBehavior, resolution);
  const [apiId = "", service] = host.split(".");
  if (service !== "execute-api") return undefined;
  const httpApi = resources.find(stack, "AWS::ApiGatewayV2::Api", apiId);
  if (httpApi !== undefined) {
    warnOfCors(httpApi.properties.property("CorsConfiguration"), resolution);
    return withRoutes(resolveHttpApi(httpApi, resolution), resolution);
  }
  const restApi = resources.find(stack, "AWS::ApiGateway::RestApi", apiId);
  return restApi && withRoutes(resolveRestApi(restApi, resolution), resolution);
}

/** Without any, they are in no template here: what it serves is not known. */
function withRoutes<Api extends HttpApi | RestApi>(api: Api, resolution: Resolution): Api {
  const { logicalId, routes } = api;
  const namesOf = (kind: "guarded" | "unavailable"): string =>
    routes
      .filter(({ integration }) => integration.kind === kind)
      .map(({ method, path = "$default" }) => `${method} ${path}`)
      .join(", ");
  const [guarded, unavailable] = [namesOf("guarded"), namesOf("unavailable")];
  if (guarded !== "") {
    resolution.warn(
      logicalId,
      `Authorizers and API keys are not checked here, and let nobody in: ${guarded}.`,
    );
  }
  if (unavailable !== "") {
    resolution.warn(logicalId, `What these lead to does not run here: ${unavailable}.`);
  }
  if (routes.length > 0) return api;
  throw new CloudAssemblyError(`API ${api.logicalId} has no routes in the template.`);
}

function warnOfCors(cors: TemplateProperty, resolution: Resolution): void {
  if (cors.isPresent) resolution.warn(cors.path, "Its headers are not added to responses here.");
}

function resolveFunctionUrl(
  { logicalId, properties }: TemplateResource,
  origin: TemplateProperty,
  signingBehavior: SigningBehavior | undefined,
  resolution: Resolution,
): FunctionUrl {
  const target = properties.property("TargetFunctionArn");
  const authType = properties.property("AuthType").oneOf(["NONE", "AWS_IAM"]);
  const invokeMode = properties.property("InvokeMode");
  if (invokeMode.optionalString() === "RESPONSE_STREAM") {
    resolution.warn(invokeMode.path, "Responses are not streamed here: they come as a whole.");
  }
  warnOfCors(properties.property("Cors"), resolution);
  const lambda = resolveOriginFunction(target, resolution);
  const lacksPermission = lackOf(target, authType, lambda.logicalId, resolution);
  if (lacksPermission !== undefined) {
    resolution.warn(
      origin.path,
      `Every request to this origin gets a 403 response: ${lacksPermission}`,
    );
  } else if (authType === "AWS_IAM" && signingBehavior === undefined) {
    resolution.warn(
      origin.path,
      `Every request to this origin gets a 403 response: function URL ${logicalId} demands signed requests (AuthType AWS_IAM), and the origin has no OriginAccessControlId (CF-P-02).`,
    );
  }
  return { kind: "function-url", logicalId, lambda, authType, lacksPermission };
}

/** Both actions are needed, for everybody or for CloudFront (CF-P-02). */
function lackOf(
  target: TemplateProperty,
  authType: FunctionUrl["authType"],
  logicalId: string,
  resolution: Resolution,
): string | undefined {
  const functionName = functionNameIn(target.string());
  const [principal, sourceArn] =
    authType === "NONE"
      ? (["*", undefined] as const)
      : (["cloudfront.amazonaws.com", resolution.distributionArn] as const);
  const missing = ["lambda:InvokeFunctionUrl", "lambda:InvokeFunction"].filter(
    (action) => !mayInvoke(functionName, { principal, action, sourceArn }, resolution),
  );
  if (missing.length === 0) return undefined;
  const who = authType === "NONE" ? "everybody" : principal;
  return `no AWS::Lambda::Permission lets ${who} ${missing.join(" and ")} of ${logicalId} (CF-P-02).`;
}
