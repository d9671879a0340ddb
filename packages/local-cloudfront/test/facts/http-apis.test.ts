import { describe, expect, it } from "vitest";
import { lambdaFunction, permission, startApp, type TestApp } from "../support/start-app.ts";

const host = { "Fn::Sub": "${Http}.execute-api.${AWS::Region}.${AWS::URLSuffix}" };
const echo = "exports.handler = async (event) => event;";

/** An HTTP API whose routes all lead to one function. */
function httpApi(
  routeKeys: readonly string[],
  source = echo,
  { integration = {}, stage = "$default", route = {} } = {},
): TestApp {
  return {
    domainName: host,
    resources: {
      Api: lambdaFunction(source),
      MayInvoke: permission("apigateway.amazonaws.com"),
      Http: { Type: "AWS::ApiGatewayV2::Api", Properties: { Name: "http", ProtocolType: "HTTP" } },
      Stage: {
        Type: "AWS::ApiGatewayV2::Stage",
        Properties: {
          ApiId: { Ref: "Http" },
          StageName: stage,
          StageVariables: { colour: "blue" },
        },
      },
      Integration: {
        Type: "AWS::ApiGatewayV2::Integration",
        Properties: {
          ApiId: { Ref: "Http" },
          IntegrationType: "AWS_PROXY",
          IntegrationUri: { "Fn::GetAtt": ["Api", "Arn"] },
          PayloadFormatVersion: "2.0",
          ...integration,
        },
      },
      ...Object.fromEntries(
        routeKeys.map((RouteKey, index) => [
          `Route${index}`,
          {
            Type: "AWS::ApiGatewayV2::Route",
            Properties: {
              ApiId: { Ref: "Http" },
              RouteKey,
              Target: { "Fn::Join": ["/", ["integrations", { Ref: "Integration" }]] },
              ...route,
            },
          },
        ]),
      ),
    },
  };
}

describe("the routes of an HTTP API", () => {
  it.each([
    ["GET", "/pets/1", "GET /pets/{id}", { id: "1" }],
    ["GET", "/pets/a%20b", "GET /pets/{id}", { id: "a b" }],
    ["GET", "/pets/dogs", "GET /pets/dogs", undefined],
    ["POST", "/pets/dogs", "ANY /pets/{proxy+}", { proxy: "dogs" }],
    ["GET", "/pets/dogs/1", "ANY /pets/{proxy+}", { proxy: "dogs/1" }],
    ["GET", "/other", "$default", undefined],
  ])("%s %s is %s", async (method, path, routeKey, pathParameters) => {
    const app = await startApp(
      httpApi(["$default", "ANY /pets/{proxy+}", "GET /pets/{id}", "GET /pets/dogs"]),
    );
    const { event } = await app.fetch(path, { method });
    expect(event?.["routeKey"]).toBe(routeKey);
    expect(event?.["pathParameters"]).toEqual(pathParameters);
  });

  it("are all that there is: 404 otherwise", async () => {
    const app = await startApp(httpApi(["GET /pets"]));
    const { status, text, reason } = await app.fetch("/cats");
    expect([status, text]).toEqual([404, '{"message":"Not Found"}']);
    expect(reason).toBe("API Http has no route for GET /cats.");
  });

  it("begin behind the stage's name, which stays in the path of the event", async () => {
    const app = await startApp({
      ...httpApi(["GET /pets"], echo, { stage: "live" }),
      origin: { OriginPath: "/live" },
    });
    const { event } = await app.fetch("/pets");
    expect(event).toMatchObject({
      rawPath: "/live/pets",
      stageVariables: { colour: "blue" },
      requestContext: { stage: "live", accountId: "123456789012" },
    });
  });

  it("that an authorizer guards let nobody in", async () => {
    const app = await startApp(
      httpApi(["GET /pets"], echo, { route: { AuthorizationType: "JWT", AuthorizerId: "a" } }),
    );
    const { status, text, reason } = await app.fetch("/pets");
    expect([status, text]).toEqual([401, '{"message":"Unauthorized"}']);
    expect(reason).toContain("has an authorizer (JWT), which does not run here");
    expect(app.cloudfront.warnings).toContainEqual({
      subject: "Http",
      message: "Authorizers and API keys are not checked here, and let nobody in: GET /pets.",
    });
  });
});

describe("a function behind an HTTP API", () => {
  it("that fails is a 500, with the reason in the trace", async () => {
    const app = await startApp(httpApi(["$default"], "exports.handler = async () => null.x;"));
    const { status, text, reason } = await app.fetch("/");
    expect([status, text]).toEqual([500, '{"message":"Internal Server Error"}']);
    expect(reason).toContain("TypeError");
  });

  it("gets and gives payload format 1.0 where the integration says so", async () => {
    const source = `exports.handler = async (event) => ({
      statusCode: 200, body: JSON.stringify(event),
      multiValueHeaders: { "Set-Cookie": ["a=1", "b=2"] } });`;
    const app = await startApp(
      httpApi(["GET /{proxy+}"], source, { integration: { PayloadFormatVersion: "1.0" } }),
    );
    const { headers, event } = await app.fetch("/x?q=1&q=2", { headers: { "x-two": "one" } });
    expect(headers.getSetCookie()).toEqual(["a=1", "b=2"]);
    expect(event).toMatchObject({
      version: "1.0",
      resource: "/{proxy+}",
      path: "/x",
      httpMethod: "GET",
      queryStringParameters: { q: "2" },
      multiValueQueryStringParameters: { q: ["1", "2"] },
      pathParameters: { proxy: "x" },
      body: null,
    });
  });

  it("that the API may not invoke is a 500", async () => {
    const { resources, ...app } = httpApi(["$default"]);
    const { MayInvoke: _, ...others } = resources;
    const started = await startApp({ ...app, resources: others });
    const { status, reason } = await started.fetch("/");
    expect(status).toBe(500);
    expect(reason).toBe("No AWS::Lambda::Permission lets apigateway.amazonaws.com invoke Api.");
  });

  it("is text/plain where its result names no media type", async () => {
    const app = await startApp(
      httpApi(["$default"], 'exports.handler = async () => ({ statusCode: 200, body: "a" });'),
    );
    const { headers } = await app.fetch("/");
    expect(headers.get("content-type")).toBe("text/plain;charset=UTF-8");
  });
});

it("a quick create leads all requests to its target", async () => {
  const app = await startApp({
    domainName: {
      "Fn::Select": [2, { "Fn::Split": ["/", { "Fn::GetAtt": ["Http", "ApiEndpoint"] }] }],
    },
    resources: {
      Api: lambdaFunction(echo),
      MayInvoke: permission("apigateway.amazonaws.com"),
      Http: {
        Type: "AWS::ApiGatewayV2::Api",
        Properties: {
          ProtocolType: "HTTP",
          Name: "http",
          Target: { "Fn::GetAtt": ["Api", "Arn"] },
        },
      },
    },
  });
  const { event } = await app.fetch("/any/path");
  expect(event).toMatchObject({ routeKey: "$default", rawPath: "/any/path" });
});

it("events of SAM are routes of its HTTP API, guarded ones let nobody in", async () => {
  const app = await startApp({
    transform: "AWS::Serverless-2016-10-31",
    domainName: { "Fn::Sub": "${ServerlessHttpApi}.execute-api.${AWS::Region}.amazonaws.com" },
    resources: {
      Api: {
        Type: "AWS::Serverless::Function",
        Properties: {
          InlineCode: echo,
          Handler: "index.handler",
          Runtime: "nodejs24.x",
          Events: {
            One: { Type: "HttpApi", Properties: { Path: "/notes/{id}", Method: "get" } },
            Two: {
              Type: "HttpApi",
              Properties: { Path: "/secret", Method: "ANY", Auth: { Authorizer: "Jwt" } },
            },
          },
        },
      },
    },
  });
  expect((await app.fetch("/notes/7")).event).toMatchObject({ pathParameters: { id: "7" } });
  expect((await app.fetch("/secret")).status).toBe(401);
  expect((await app.fetch("/other")).status).toBe(404);
});
