import { createHash } from "node:crypto";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runCommand } from "../support/run-command.ts";
import {
  lambdaFunction,
  permission,
  shareApp,
  startApp,
  type TestApp,
} from "../support/start-app.ts";

/** What the CDK writes for the origin of a function URL. */
const urlHost = {
  "Fn::Select": [2, { "Fn::Split": ["/", { "Fn::GetAtt": ["Url", "FunctionUrl"] }] }],
};

const oac = {
  Type: "AWS::CloudFront::OriginAccessControl",
  Properties: {
    OriginAccessControlConfig: {
      Name: "oac",
      OriginAccessControlOriginType: "lambda",
      SigningBehavior: "always",
      SigningProtocol: "sigv4",
    },
  },
};

const distributionArn = {
  "Fn::Sub": "arn:aws:cloudfront::${AWS::AccountId}:distribution/${Distribution}",
};

function publicUrl(source: string, properties: Readonly<Record<string, unknown>> = {}): TestApp {
  return {
    domainName: urlHost,
    resources: {
      Api: lambdaFunction(source, properties),
      Url: url("NONE"),
      MayCall: permission("*", "lambda:InvokeFunctionUrl", { FunctionUrlAuthType: "NONE" }),
      MayInvoke: permission("*", "lambda:InvokeFunction", { InvokedViaFunctionUrl: true }),
    },
  };
}

function signedUrl(
  source: string,
  permissions: Readonly<Record<string, unknown>> = signedPermissions,
): TestApp {
  return {
    domainName: urlHost,
    origin: { OriginAccessControlId: { "Fn::GetAtt": ["Oac", "Id"] } },
    resources: { Api: lambdaFunction(source), Url: url("AWS_IAM"), Oac: oac, ...permissions },
  };
}

const cloudFront = "cloudfront.amazonaws.com";
const signedPermissions = {
  MayCall: permission(cloudFront, "lambda:InvokeFunctionUrl", {
    SourceArn: distributionArn,
    // As the CDK writes it.
    FunctionName: { "Fn::GetAtt": ["Url", "FunctionArn"] },
  }),
  MayInvoke: permission(cloudFront, "lambda:InvokeFunction", { SourceArn: distributionArn }),
};

function url(AuthType: string, properties: Readonly<Record<string, unknown>> = {}) {
  return {
    Type: "AWS::Lambda::Url",
    Properties: { AuthType, TargetFunctionArn: { "Fn::GetAtt": ["Api", "Arn"] }, ...properties },
  };
}

const echo = "exports.handler = async (event) => event;";
const slow = "exports.handler = () => new Promise((done) => setTimeout(done, 60_000));";
const echoing = shareApp(publicUrl(echo));
const signed = shareApp(signedUrl(echo));
/** Its function returns the value of the JavaScript expression that the path is. */
const returning = shareApp(
  publicUrl(`exports.handler = async ({ rawPath }) =>
    new Function("return (" + decodeURIComponent(rawPath.slice(1)) + ")")();`),
);

describe("the event of a function URL", () => {
  it("is payload format 2.0, its path as it was sent", async () => {
    const app = await echoing();
    const { status, text, event } = await app.fetch("/a%20b/?x=1&x=2&y=%C3%A4", {
      headers: { "x-two": "one", "user-agent": "test" },
    });
    expect(status).toBe(200);
    expect(JSON.parse(text)).toEqual(event);
    expect(event).toMatchObject({
      version: "2.0",
      routeKey: "$default",
      rawPath: "/a%20b/",
      rawQueryString: "x=1&x=2&y=%C3%A4",
      queryStringParameters: { x: "1,2", y: "ä" },
      headers: { "x-two": "one", "x-forwarded-proto": "https" },
      requestContext: {
        accountId: "anonymous",
        stage: "$default",
        http: { method: "GET", path: "/a%20b/", protocol: "HTTP/1.1" },
      },
      isBase64Encoded: false,
    });
    const names = Object.keys(event ?? {});
    expect(names).not.toContain("body");
    expect(names).not.toContain("cookies");
  });

  it("names the URL's own host, and the viewer in X-Forwarded-For", async () => {
    const app = await echoing();
    const { event } = await app.fetch("/");
    const { headers, requestContext } = event as Record<string, Record<string, unknown>>;
    expect(headers?.["host"]).toMatch(/^[a-z0-9]+\.lambda-url\.us-east-1\.on\.aws$/);
    expect(requestContext?.["domainName"]).toBe(headers?.["host"]);
    expect(headers?.["x-forwarded-for"]).toBe("127.0.0.1");
  });

  it("has cookies as a list, and not as a header", async () => {
    const app = await startApp(
      publicUrl(`
      exports.handler = async ({ cookies, headers }) => ({ cookies, header: headers.cookie });`),
    );
    const { text } = await app.fetch("/", { headers: { cookie: "a=1; b=2" } });
    expect(JSON.parse(text)).toEqual({ cookies: ["a=1", "b=2"] });
  });

  it.each([
    ["application/json", '{"a":1}', false],
    ["text/plain; charset=utf-8", "ä", false],
    ["application/x-www-form-urlencoded", "a=1", true],
    ["image/png", "\u0089PNG", true],
  ])("a body of %s is base64 where it is binary", async (contentType, body, isBase64Encoded) => {
    const app = await echoing();
    const { event } = await app.fetch("/", {
      method: "POST",
      body,
      headers: { "content-type": contentType },
    });
    const expected = isBase64Encoded ? Buffer.from(body).toString("base64") : body;
    expect(event).toMatchObject({ body: expected, isBase64Encoded });
  });
});

describe("the response of a function URL", () => {
  const respond = (result: string) =>
    returning().then((app) => app.fetch(`/${encodeURIComponent(result)}`));

  it.each([
    ['"plain"', "plain"],
    ["{ a: 1 }", '{"a":1}'],
    ["[1]", "[1]"],
  ])("is the result %s itself where it has no statusCode", async (result, body) => {
    const { status, headers, text } = await respond(result);
    expect([status, headers.get("content-type"), text]).toEqual([200, "application/json", body]);
  });

  it("has the result's status, headers and body", async () => {
    const { status, headers, text } = await respond(
      '{ statusCode: 201, headers: { "Content-Type": "text/html", "x-a": 1 }, body: "<p>ä" }',
    );
    expect([status, text]).toEqual([201, "<p>ä"]);
    expect(headers.get("content-type")).toBe("text/html");
    expect(headers.get("x-a")).toBe("1");
  });

  it("sets each cookie of the result in a line of its own", async () => {
    const { headers } = await respond('{ statusCode: 200, cookies: ["a=1; Secure", "b=2"] }');
    expect(headers.getSetCookie()).toEqual(["a=1; Secure", "b=2"]);
  });

  it("decodes a body that says it is base64", async () => {
    const { bytes } = await respond(
      '{ statusCode: 200, isBase64Encoded: true, body: Buffer.from([0, 255]).toString("base64") }',
    );
    expect([...bytes]).toEqual([0, 255]);
  });

  it.each([
    ["null.x", "TypeError"],
    ["{ statusCode: 200, body: { a: 1 } }", "has a body that is no string"],
    ['{ statusCode: "soon" }', "has a statusCode that is no status"],
    ['{ statusCode: 200, headers: "none" }', "has headers that are no object"],
  ])("is 502 for %s, and the trace says why", async (result, why) => {
    const { status, text, reason } = await respond(result);
    expect([status, text]).toEqual([502, "Internal Server Error"]);
    expect(reason).toContain(why);
  });

  it("is 504 where the function takes longer than CloudFront waits", async () => {
    const app = publicUrl(slow, { Timeout: 60 });
    const origin = {
      CustomOriginConfig: { OriginProtocolPolicy: "https-only", OriginReadTimeout: 1 },
      ConnectionAttempts: 1,
    };
    const { fetch } = await startApp({ ...app, origin });
    const { status, reason } = await fetch("/");
    expect(status).toBe(504);
    expect(reason).toContain("did not send anything within 1 s");
  });

  it("ends a function at its own Timeout", async () => {
    const app = publicUrl(slow, { Timeout: 1 });
    const { fetch } = await startApp(app);
    const { status, reason } = await fetch("/");
    expect(status).toBe(502);
    expect(reason).toContain("Task timed out after 1.00 seconds");
  });
});

describe("a function behind an origin", () => {
  it("has its own environment variables, memory and name", async () => {
    const app = publicUrl(
      `exports.handler = async (_, { functionName, invokedFunctionArn, memoryLimitInMB }) => ({
        table: process.env.TABLE, region: process.env.AWS_REGION,
        functionName, invokedFunctionArn, memoryLimitInMB });`,
      { MemorySize: 512, FunctionName: "api", Environment: { Variables: { TABLE: "notes" } } },
    );
    const { text } = await (await startApp(app)).fetch("/");
    expect(JSON.parse(text)).toEqual({
      table: "notes",
      region: "us-east-1",
      functionName: "api",
      invokedFunctionArn: "arn:aws:lambda:us-east-1:123456789012:function:api",
      memoryLimitInMB: "512",
    });
  });

  it("says at start which variables only a deployment knows", async () => {
    const { cloudfront } = await startApp({
      ...publicUrl(echo, { Environment: { Variables: { TABLE: { Ref: "Stream" }, A: "b" } } }),
      resources: {
        ...publicUrl(echo, { Environment: { Variables: { TABLE: { Ref: "Stream" }, A: "b" } } })
          .resources,
        Stream: { Type: "AWS::Kinesis::Stream" },
      },
    });
    expect(cloudfront.warnings).toContainEqual({
      subject: "Api.Environment.Variables",
      message:
        "Only the deployment knows TABLE: the function sees a placeholder. Pass --value, --parameter or --import.",
    });
  });

  it("shows its console in the trace, warm invocations in one environment", async () => {
    const app = await startApp(
      publicUrl(
        "let n = 0; exports.handler = async () => { console.log('call', ++n); return n; };",
      ),
    );
    const first = await app.fetch("/1");
    const second = await app.fetch("/2");
    expect(first.console.join()).toContain("call 1");
    expect(second.console.join()).toContain("call 2");
  });

  it("gives way to what --origin names", async () => {
    const app = publicUrl(echo);
    const started = await startApp({
      ...app,
      files: { "site/index.html": "static" },
      options: {
        origins: { app: new URL("../fixtures/beside-template/", import.meta.url).pathname },
      },
    });
    const { status, event } = await started.fetch("/none");
    expect([status, event]).toEqual([404, undefined]);
  });

  it("that cannot run here costs its origin alone, and the message names the option", async () => {
    const app = await startApp(publicUrl(echo, { Runtime: "java21" }));
    const { status, reason } = await app.fetch("/");
    expect(status).toBe(502);
    expect(reason).toContain('Api.Runtime is not run locally: got "java21"');
    expect(reason).toContain("Pass --origin app=DIR or app=URL");
  });
});

describe("CF-P-02: a function URL that demands signed requests", () => {
  const body = '{"a":1}';
  const sha256 = createHash("sha256").update(body).digest("hex");

  it("is reached by GET through an origin access control", async () => {
    const app = await signed();
    expect((await app.fetch("/")).status).toBe(200);
    expect(app.cloudfront.warnings).toEqual([]);
  });

  it.each(["POST", "PUT"])("refuses a %s without the hash of its body", async (method) => {
    const app = await signed();
    const { status, headers, reason } = await app.fetch("/", { method, body });
    expect(status).toBe(403);
    expect(headers.get("x-amzn-errortype")).toBe("InvalidSignatureException");
    expect(reason).toContain("CF-P-02: The header x-amz-content-sha256 is missing");
  });

  it("refuses a hash of another body, and takes the right one whatever the policies forward", async () => {
    const app = await startApp({
      ...signedUrl(echo),
      cacheBehavior: { OriginRequestPolicyId: undefined },
    });
    const post = (hash: string) =>
      app.fetch("/", { method: "POST", body, headers: { "x-amz-content-sha256": hash } });
    expect((await post(sha256.replace(/^./, "g"))).status).toBe(403);
    expect((await post(sha256)).status).toBe(200);
  });

  it("refuses all requests without an origin access control", async () => {
    const app = await startApp({ ...signedUrl(echo), origin: {} });
    const { status, text } = await app.fetch("/");
    expect(status).toBe(403);
    expect(JSON.parse(text).Message).toMatch(/^Forbidden\./);
    expect(app.cloudfront.warnings[0]?.message).toContain(
      "demands signed requests (AuthType AWS_IAM)",
    );
  });

  it.each([
    ["MayCall", "lambda:InvokeFunction of Api"],
    ["MayInvoke", "lambda:InvokeFunctionUrl of Api"],
  ] as const)("refuses all requests where only %s permits CloudFront", async (only, missing) => {
    const app = await startApp(signedUrl(echo, { [only]: signedPermissions[only] }));
    const { status, reason } = await app.fetch("/");
    expect(status).toBe(403);
    expect(reason).toBe(
      `Function URL Url lets nobody in: no AWS::Lambda::Permission lets cloudfront.amazonaws.com ${missing} (CF-P-02).`,
    );
    expect(app.cloudfront.warnings[0]?.message).toContain(missing);
  });

  it("refuses a distribution that the permission does not name", async () => {
    const SourceArn = "arn:aws:cloudfront::123456789012:distribution/EOTHER";
    const app = await startApp(
      signedUrl(echo, {
        MayCall: permission(cloudFront, "lambda:InvokeFunctionUrl", { SourceArn }),
        MayInvoke: permission(cloudFront, "lambda:InvokeFunction", { SourceArn }),
      }),
    );
    expect((await app.fetch("/")).status).toBe(403);
  });
});

it("a function URL refuses the viewer's Host, as AllViewer sends it", async () => {
  const allViewer = "216adef6-5c7f-47e4-b989-5492eafa07d3";
  const app = await startApp({
    ...publicUrl(echo),
    cacheBehavior: { OriginRequestPolicyId: allViewer },
  });
  const { status, reason } = await app.fetch("/");
  expect(status).toBe(403);
  expect(reason).toContain("AllViewerExceptHostHeader");
});

it("a streaming handler's response comes as a whole, with its status, headers and cookies", async () => {
  const { resources, ...app } = publicUrl(`
    const { pipeline } = require("node:stream/promises");
    exports.handler = awslambda.streamifyResponse(async (event, stream) => {
      const http = { statusCode: 201, headers: { "Content-Type": "text/plain" }, cookies: ["a=1"] };
      stream = awslambda.HttpResponseStream.from(stream, http);
      await pipeline(["one ", event.rawPath], stream);
    });`);
  const Url = url("NONE", { InvokeMode: "RESPONSE_STREAM" });
  const { fetch, cloudfront } = await startApp({ ...app, resources: { ...resources, Url } });
  const { status, headers, text } = await fetch("/two");
  expect([status, text, headers.get("content-type")]).toEqual([201, "one /two", "text/plain"]);
  expect(headers.getSetCookie()).toEqual(["a=1"]);
  expect(cloudfront.warnings[0]?.message).toContain("not streamed here");
});

it("a function behind an origin is replaced by a reload, and what it had answered goes", async () => {
  const { resources, ...app } = publicUrl("");
  const { fetch, cloudfront, folder } = await startApp({
    ...app,
    files: { "api/index.js": "exports.handler = async () => 'before';" },
    cacheBehavior: { CachePolicyId: "658327ea-f89d-4fab-a63d-7e88639e58f6" },
    resources: { ...resources, Api: lambdaFunction("", { Code: "api" }) },
  });
  expect(cloudfront.watchedPaths.assembly).toContain(join(folder, "api"));
  expect((await fetch("/")).text).toBe("before");
  writeFileSync(join(folder, "api/index.js"), "exports.handler = async () => 'after';");
  expect((await fetch("/")).text).toBe("before");
  expect((await cloudfront.reload()).keepsCache).toBe(false);
  expect((await fetch("/")).text).toBe("after");
});

it("the command shows the function behind an origin, its console and why it failed", async () => {
  const { folder } = await startApp(
    publicUrl(
      "exports.handler = async () => { console.log('seen'); throw new Error('no luck'); };",
    ),
  );
  const template = join(folder, "template.json");
  const json = await runCommand([template, "--no-inspector", "--log", "json"]);
  await globalThis.fetch(json.url);
  const request = JSON.parse(await json.line((line) => line.includes('"request"')));
  expect(request).toMatchObject({
    status: 502,
    problems: ["Error: no luck."],
    originFunctions: [
      {
        name: "Api",
        coldStart: true,
        logLines: expect.arrayContaining([expect.stringMatching(/seen$/)]),
      },
    ],
  });
  const pretty = await runCommand([template, "--no-inspector"]);
  expect(await pretty.line((line) => line.includes("Api"))).toContain("nodejs24.x");
  await globalThis.fetch(pretty.url);
  expect(await pretty.line((line) => line.startsWith("502"))).toMatch(/Api [\d.]+ ms cold/);
  await pretty.line((line) => line.includes("no luck"));
});

it("a function URL of SAM runs from the folder of its code", async () => {
  const { fetch } = await startApp({
    transform: "AWS::Serverless-2016-10-31",
    domainName: {
      "Fn::Select": [2, { "Fn::Split": ["/", { "Fn::GetAtt": ["ApiUrl", "FunctionUrl"] }] }],
    },
    files: { "src/app.mjs": "export const handler = async () => 'from SAM';" },
    resources: {
      Api: {
        Type: "AWS::Serverless::Function",
        Properties: {
          CodeUri: "src",
          Handler: "app.handler",
          Runtime: "nodejs24.x",
          FunctionUrlConfig: { AuthType: "NONE" },
        },
      },
    },
  });
  expect((await fetch("/")).text).toBe("from SAM");
});
