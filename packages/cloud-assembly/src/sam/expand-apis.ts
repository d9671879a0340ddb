import { isJsonObject, objectAt, type JsonObject } from "../value/json.ts";
import { mergeGlobals } from "./merge-globals.ts";

/** What SAM makes of one of its two kinds of APIs. */
interface ApiKind {
  /** The type of an event that leads to it. */
  readonly event: string;
  /** The type without `AWS::Serverless::`, and the name in `Globals`. */
  readonly type: string;
  /** The property of an event that names the API. */
  readonly idProperty: string;
  readonly implicitId: string;
  readonly usualStage: string;
  readonly payloadFormat: string;
  readonly apiType: string;
  readonly apiProperties: JsonObject;
  readonly stageType: string;
  readonly stageIdProperty: string;
  readonly stageVariables: string;
  stageId(apiId: string, stage: string): string;
}

const kinds: readonly ApiKind[] = [
  {
    event: "HttpApi",
    type: "HttpApi",
    idProperty: "ApiId",
    implicitId: "ServerlessHttpApi",
    usualStage: "$default",
    payloadFormat: "2.0",
    apiType: "AWS::ApiGatewayV2::Api",
    apiProperties: { ProtocolType: "HTTP" },
    stageType: "AWS::ApiGatewayV2::Stage",
    stageIdProperty: "ApiId",
    stageVariables: "StageVariables",
    stageId: (apiId, stage) =>
      `${apiId}${stage === "$default" ? "ApiGatewayDefault" : stage.replaceAll(/\W/g, "")}Stage`,
  },
  {
    event: "Api",
    type: "Api",
    idProperty: "RestApiId",
    implicitId: "ServerlessRestApi",
    usualStage: "Prod",
    payloadFormat: "1.0",
    apiType: "AWS::ApiGateway::RestApi",
    apiProperties: {},
    stageType: "AWS::ApiGateway::Stage",
    stageIdProperty: "RestApiId",
    stageVariables: "Variables",
    stageId: (apiId, stage) => `${apiId}${stage.replaceAll(/\W/g, "")}Stage`,
  },
];

/** An event of a function that leads through an API. */
interface ApiEvent {
  readonly functionId: string;
  readonly name: string;
  readonly properties: JsonObject;
}

/** An API with its stage and the permissions to invoke its functions. */
export interface ExpandedApi {
  readonly apiId: string;
  /** What SAM lets a template write as `Api.Stage`. */
  readonly stageId: string;
  readonly resources: JsonObject;
}

/**
 * Returns the APIs of a template of SAM with their stages and permissions: those that it declares, and
 * those that SAM makes for events that name none. Their routes are an OpenAPI document in `Body`, as SAM
 * writes it.
 *
 * @see https://docs.aws.amazon.com/serverless-application-model/latest/developerguide/sam-specification-generated-resources-function.html
 */
export function expandApis(template: JsonObject): readonly ExpandedApi[] {
  return kinds.flatMap((kind) => expandKind(template, kind));
}

function expandKind(template: JsonObject, kind: ApiKind): readonly ExpandedApi[] {
  const globals = objectAt(template, "Globals", kind.type);
  const resources = objectAt(template, "Resources");
  const eventsById = eventsOf(resources, kind);
  const declared = Object.entries(resources).filter(
    ([, resource]) => objectAt(resource)["Type"] === `AWS::Serverless::${kind.type}`,
  );
  const implicit =
    eventsById.has(kind.implicitId) && !Object.hasOwn(resources, kind.implicitId)
      ? [[kind.implicitId, {}] as const]
      : [];
  return [...declared, ...implicit].map(([apiId, resource]) =>
    expandApi(
      apiId,
      objectAt(resource),
      mergeGlobals(globals, objectAt(resource, "Properties")),
      eventsById.get(apiId) ?? [],
      kind,
    ),
  );
}

/** The events of all functions that lead through an API of this kind, by the logical id of the API. */
function eventsOf(resources: JsonObject, kind: ApiKind): ReadonlyMap<string, readonly ApiEvent[]> {
  const found = new Map<string, ApiEvent[]>();
  for (const [functionId, resource] of Object.entries(resources)) {
    if (objectAt(resource)["Type"] !== "AWS::Serverless::Function") continue;
    for (const [name, event] of Object.entries(objectAt(resource, "Properties", "Events"))) {
      if (objectAt(event)["Type"] !== kind.event) continue;
      const properties = objectAt(event, "Properties");
      const api = properties[kind.idProperty];
      const id = isJsonObject(api) ? api["Ref"] : (api ?? kind.implicitId);
      if (typeof id !== "string") continue;
      found.set(id, [...(found.get(id) ?? []), { functionId, name, properties }]);
    }
  }
  return found;
}

function expandApi(
  apiId: string,
  { Condition, Metadata }: JsonObject,
  properties: JsonObject,
  events: readonly ApiEvent[],
  kind: ApiKind,
): ExpandedApi {
  const common = Condition === undefined ? {} : { Condition };
  const { StageName = kind.usualStage, DefinitionBody, Auth, ...others } = properties;
  const stageId = kind.stageId(apiId, typeof StageName === "string" ? StageName : "");
  const variables = properties[kind.stageVariables];
  const resources = {
    [apiId]: {
      ...common,
      ...(Metadata === undefined ? {} : { Metadata }),
      Type: kind.apiType,
      Properties: {
        ...others,
        ...kind.apiProperties,
        Body: DefinitionBody ?? openApiOf(events, objectAt(Auth), kind),
      },
    },
    [stageId]: {
      ...common,
      Type: kind.stageType,
      Properties: {
        [kind.stageIdProperty]: { Ref: apiId },
        StageName,
        ...(variables === undefined ? {} : { [kind.stageVariables]: variables }),
      },
    },
    ...Object.fromEntries(
      events.map(({ functionId, name }) => [
        `${functionId}${name}Permission`,
        permission(functionId),
      ]),
    ),
  };
  return { apiId, stageId, resources };
}

function permission(functionId: string): JsonObject {
  return {
    Type: "AWS::Lambda::Permission",
    Properties: {
      FunctionName: { Ref: functionId },
      Action: "lambda:InvokeFunction",
      Principal: "apigateway.amazonaws.com",
    },
  };
}

function openApiOf(events: readonly ApiEvent[], auth: JsonObject, kind: ApiKind): JsonObject {
  const paths: Record<string, JsonObject> = {};
  for (const { functionId, properties } of events) {
    const { Path = "/$default", Method = "any" } = properties;
    const path = String(Path);
    const method = String(Method).toLowerCase();
    const own = objectAt(properties, "Auth");
    paths[path] = {
      ...paths[path],
      [["any", "*"].includes(method) ? "x-amazon-apigateway-any-method" : method]: {
        ...(isGuarded(auth, own) && { security: [{ authorizer: [] }] }),
        "x-amazon-apigateway-integration": {
          type: "aws_proxy",
          httpMethod: "POST",
          uri: { "Fn::GetAtt": [functionId, "Arn"] },
          payloadFormatVersion: properties["PayloadFormatVersion"] ?? kind.payloadFormat,
        },
      },
    };
  }
  return { openapi: "3.0.1", paths };
}

/** Whether an authorizer or an API key has to let a request in; `NONE` on an event opens it. */
function isGuarded(auth: JsonObject, own: JsonObject): boolean {
  const authorizer = own["Authorizer"] ?? auth["DefaultAuthorizer"] ?? "NONE";
  const key = own["ApiKeyRequired"] ?? auth["ApiKeyRequired"] ?? false;
  return authorizer !== "NONE" || String(key) === "true";
}
