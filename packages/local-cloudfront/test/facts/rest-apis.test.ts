import { describe, expect, it } from "vitest";
import { lambdaFunction, permission, startApp, type TestApp } from "../support/start-app.ts";

/** What the CDK's RestApiOrigin writes. */
const url = {
  "Fn::Join": [
    "",
    [
      "https://",
      { Ref: "Rest" },
      ".execute-api.",
      { Ref: "AWS::Region" },
      ".",
      { Ref: "AWS::URLSuffix" },
      "/",
      { Ref: "Stage" },
      "/",
    ],
  ],
};
const part = (index: number) => ({ "Fn::Select": [index, { "Fn::Split": ["/", url] }] });

const ok = "exports.handler = async () => ({ statusCode: 200, body: 'ok' });";

function restApi(
  source = ok,
  { method = {}, api = {}, resources = {} }: Record<string, Record<string, unknown>> = {},
): TestApp {
  return {
    domainName: part(2),
    origin: { OriginPath: { "Fn::Join": ["", ["/", part(3)]] } },
    resources: {
      Api: lambdaFunction(source),
      MayInvoke: permission("apigateway.amazonaws.com"),
      Rest: { Type: "AWS::ApiGateway::RestApi", Properties: { Name: "rest", ...api } },
      Pets: resource({ "Fn::GetAtt": ["Rest", "RootResourceId"] }, "pets"),
      Pet: resource({ Ref: "Pets" }, "{id}"),
      Rest0: resource({ "Fn::GetAtt": ["Rest", "RootResourceId"] }, "{proxy+}"),
      GetPet: apiMethod("Pet", "GET", method),
      Any: apiMethod("Rest0", "ANY", method),
      Deployment: {
        Type: "AWS::ApiGateway::Deployment",
        Properties: { RestApiId: { Ref: "Rest" } },
      },
      Stage: {
        Type: "AWS::ApiGateway::Stage",
        Properties: {
          RestApiId: { Ref: "Rest" },
          StageName: "prod",
          DeploymentId: { Ref: "Deployment" },
        },
      },
      ...resources,
    },
  };
}

function resource(ParentId: unknown, PathPart: string) {
  return {
    Type: "AWS::ApiGateway::Resource",
    Properties: { RestApiId: { Ref: "Rest" }, ParentId, PathPart },
  };
}

function apiMethod(resourceId: string, HttpMethod: string, properties: Record<string, unknown>) {
  return {
    Type: "AWS::ApiGateway::Method",
    Properties: {
      RestApiId: { Ref: "Rest" },
      ResourceId: { Ref: resourceId },
      HttpMethod,
      AuthorizationType: "NONE",
      Integration: {
        Type: "AWS_PROXY",
        IntegrationHttpMethod: "POST",
        Uri: {
          "Fn::Sub":
            "arn:aws:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Api.Arn}/invocations",
        },
      },
      ...properties,
    },
  };
}

describe("the event of a REST API", () => {
  it("is that of a proxy integration, its path without the stage", async () => {
    const app = await startApp(restApi());
    const { status, text, event } = await app.fetch("/pets/7?a=1&a=2", {
      headers: { "X-Two": "one" },
    });
    expect([status, text]).toEqual([200, "ok"]);
    expect(event).toMatchObject({
      resource: "/pets/{id}",
      path: "/pets/7",
      httpMethod: "GET",
      headers: { Host: expect.stringContaining(".execute-api.us-east-1.amazonaws.com") },
      queryStringParameters: { a: "2" },
      multiValueQueryStringParameters: { a: ["1", "2"] },
      pathParameters: { id: "7" },
      stageVariables: null,
      requestContext: { stage: "prod", path: "/prod/pets/7", resourcePath: "/pets/{id}" },
      body: null,
      isBase64Encoded: false,
    });
    expect(Object.keys(event ?? {})).not.toContain("version");
  });

  it("has a body as text, and in base64 where its media type is listed as binary", async () => {
    const app = await startApp(restApi(ok, { api: { BinaryMediaTypes: ["image~1*"] } }));
    const post = (contentType: string) =>
      app.fetch("/any", { method: "POST", body: "a=1", headers: { "content-type": contentType } });
    expect((await post("application/x-www-form-urlencoded")).event).toMatchObject({
      body: "a=1",
      isBase64Encoded: false,
    });
    expect((await post("image/png")).event).toMatchObject({ body: "YT0x", isBase64Encoded: true });
  });
});

describe("the response of a REST API", () => {
  it.each([
    ["null.x", "TypeError"],
    ['"text"', "is no object with a statusCode"],
    ["{ statusCode: 200, cookies: [] }", 'has the member "cookies", which is unknown'],
    ["{ statusCode: 200, body: {} }", "has a body that is no string"],
  ])("is 502 for the result %s", async (result, why) => {
    const app = await startApp(restApi(`exports.handler = async () => (${result});`));
    const { status, text, reason } = await app.fetch("/any");
    expect([status, text]).toEqual([502, '{"message":"Internal server error"}']);
    expect(reason).toContain(why);
  });

  it("decodes base64 where the viewer accepts a binary media type", async () => {
    const source = `exports.handler = async () => ({
      statusCode: 200, isBase64Encoded: true, body: "YQ==", headers: { "Content-Type": "image/png" } });`;
    const app = await startApp(restApi(source, { api: { BinaryMediaTypes: ["image/png"] } }));
    expect((await app.fetch("/any", { headers: { accept: "image/png" } })).text).toBe("a");
    expect((await app.fetch("/any", { headers: { accept: "text/html" } })).text).toBe("YQ==");
  });

  it("has the lines of multiValueHeaders", async () => {
    const source = `exports.handler = async () => ({ statusCode: 200,
      headers: { "x-a": "0" }, multiValueHeaders: { "X-A": ["1", "2"], "Set-Cookie": ["a=1", "b=2"] } });`;
    const { headers } = await (await startApp(restApi(source))).fetch("/any");
    expect(headers.get("x-a")).toBe("1, 2");
    expect(headers.getSetCookie()).toEqual(["a=1", "b=2"]);
  });

  it("is 403 where the path has no method", async () => {
    const app = await startApp(restApi());
    const { status, text, headers } = await app.fetch("/pets/7", { method: "POST" });
    expect([status, text]).toEqual([403, '{"message":"Missing Authentication Token"}']);
    expect(headers.get("x-amzn-errortype")).toBe("MissingAuthenticationTokenException");
  });

  it("is 403 outside of a stage, and says which there are", async () => {
    const app = await startApp({ ...restApi(), origin: {} });
    const { status, text, reason } = await app.fetch("/pets/7");
    expect([status, text]).toEqual([403, '{"message":"Forbidden"}']);
    expect(reason).toContain("there are prod");
  });

  it("is the fixed one of a mock integration, as CORS preflights have it", async () => {
    const preflight = apiMethod("Pet", "OPTIONS", {
      Integration: {
        Type: "MOCK",
        RequestTemplates: { "application/json": "{ statusCode: 200 }" },
        IntegrationResponses: [
          {
            StatusCode: "204",
            ResponseParameters: { "method.response.header.Access-Control-Allow-Origin": "'*'" },
          },
        ],
      },
    });
    const app = await startApp(restApi(ok, { resources: { Preflight: preflight } }));
    const { status, headers } = await app.fetch("/pets/7", { method: "OPTIONS" });
    expect([status, headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
  });

  it.each([
    [{ AuthorizationType: "COGNITO_USER_POOLS" }, 401],
    [{ AuthorizationType: "AWS_IAM" }, 403],
    [{ ApiKeyRequired: true }, 403],
  ])("lets nobody in where the method has %j", async (method, expected) => {
    const app = await startApp(restApi(ok, { method }));
    const { status, event } = await app.fetch("/pets/7");
    expect([status, event]).toEqual([expected, undefined]);
  });
});

it("events of SAM are methods of its REST API", async () => {
  const app = await startApp({
    transform: "AWS::Serverless-2016-10-31",
    domainName: { "Fn::Sub": "${ServerlessRestApi}.execute-api.${AWS::Region}.amazonaws.com" },
    origin: { OriginPath: "/Prod" },
    resources: {
      Api: {
        Type: "AWS::Serverless::Function",
        Properties: {
          InlineCode: ok,
          Handler: "index.handler",
          Runtime: "nodejs24.x",
          Events: { One: { Type: "Api", Properties: { Path: "/notes/{id}", Method: "get" } } },
        },
      },
    },
  });
  expect((await app.fetch("/notes/7")).event).toMatchObject({
    resource: "/notes/{id}",
    path: "/notes/7",
  });
  expect((await app.fetch("/other")).status).toBe(403);
});

it("APIs that SAM templates declare have the events that name them, their stage and their variables", async () => {
  const app = (Type: string, idProperty: string, event: string, properties: object) =>
    startApp({
      transform: "AWS::Serverless-2016-10-31",
      domainName: { "Fn::Sub": "${Own}.execute-api.${AWS::Region}.amazonaws.com" },
      origin: { OriginPath: { "Fn::Sub": "/${Own.Stage}" } },
      resources: {
        Own: { Type, Properties: { StageName: "live", ...properties } },
        Api: {
          Type: "AWS::Serverless::Function",
          Properties: {
            InlineCode: ok,
            Handler: "index.handler",
            Runtime: "nodejs24.x",
            Events: {
              One: {
                Type: event,
                Properties: { Path: "/notes", Method: "any", [idProperty]: { Ref: "Own" } },
              },
            },
          },
        },
      },
    });
  const rest = await app("AWS::Serverless::Api", "RestApiId", "Api", { Variables: { a: "b" } });
  expect((await rest.fetch("/notes", { method: "PUT" })).event).toMatchObject({
    resource: "/notes",
    stageVariables: { a: "b" },
  });
  const http = await app("AWS::Serverless::HttpApi", "ApiId", "HttpApi", {
    StageVariables: { a: "b" },
  });
  expect((await http.fetch("/notes")).event).toMatchObject({
    routeKey: "ANY /notes",
    stageVariables: { a: "b" },
  });
});
