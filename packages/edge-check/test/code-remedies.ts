import type { Parts } from "./mistake.ts";
import type { Remedies } from "./template-remedies.ts";

const respond = (response: string) => (parts: Parts) => parts.viewerRequest(`return ${response};`);
/** The code of the CloudFront Function, in place of the one with the mistake. */
const edge = (code: string) => (parts: Parts) =>
  void (parts.properties("Edge")["FunctionCode"] = code);
const handler = (...statements: readonly string[]) =>
  edge(`function handler(event) { ${statements.join(" ")} return event.request; }`);
const js2 = (parts: Parts): void => {
  parts.properties("Edge")["FunctionConfig"]["Runtime"] = "cloudfront-js-2.0";
};
const readingStore = (statement: string) =>
  edge(`import cf from "cloudfront";
const kvs = cf.kvs();
async function handler(event) { ${statement} return event.request; }`);
const named = (parts: Parts): void => {
  if (parts.template.Resources["Store"] === undefined) {
    parts.add("Store", "AWS::CloudFront::KeyValueStore", { Name: "store" });
  }
  if (parts.template.Resources["Edge"] === undefined) {
    parts.cloudFrontFunction("function handler(event) { return event.request; }");
  }
  parts.properties("Edge")["FunctionConfig"]["KeyValueStoreAssociations"] = [
    { KeyValueStoreARN: { "Fn::GetAtt": ["Store", "Arn"] } },
  ];
};

/** The remedies of what is wrong with a function's code, by the name of the mistake. */
export const codeRemedies: Remedies = {
  "a disallowed header set": [(parts) => parts.viewerRequest("return request;")],
  "a read-only header set at viewer-request": [(parts) => parts.viewerRequest("return request;")],
  "a read-only header set at origin-request": [(parts) => parts.viewerRequest("return request;")],
  "a read-only header set at origin-response": [(parts) => parts.viewerRequest("return response;")],
  "a read-only header set at viewer-response": [(parts) => parts.viewerRequest("return response;")],
  "response headers built anew": [
    (parts) =>
      parts.viewerRequest('response.headers["x-a"] = [{ value: "1" }];', "return response;"),
    (parts) =>
      parts.viewerRequest(
        'response.headers = { ...response.headers, "x-a": [{ value: "1" }] };',
        "return response;",
      ),
  ],
  "a generated response with Content-Length": [respond('{ status: "200", body: "ok" }')],
  "a generated response whose status is none": [
    respond('{ status: "200", body: "ok" }'),
    respond('{ status: "599", body: "ok" }'),
  ],
  "status 204 with a body at viewer-request": [
    respond('{ status: "204" }'),
    respond('{ status: "200", body: "ok" }'),
  ],
  "a body that is an object": [respond('{ status: "200", body: JSON.stringify({ ok: true }) }')],
  "a status changed at viewer-response": [
    (parts) => parts.moved("origin-response", 'response.status = "404";', "return response;"),
  ],
  "a body changed at viewer-response": [
    (parts) => parts.moved("origin-response", 'response.body = "gone";', "return response;"),
  ],
  "a handler that returns nothing": [
    (parts) => parts.viewerRequest('request.uri = "/";', "return request;"),
  ],
  "a branch that returns nothing": [
    (parts) => parts.viewerRequest('if (request.uri === "/") return request;', "return request;"),
  ],
  "the request body read without IncludeBody": [
    ({ associations }) => void (associations[0]!["IncludeBody"] = true),
  ],
  "the query string read when it is not forwarded": [
    (parts) =>
      void (parts.properties("Cache")[
        "CachePolicyConfig"
      ].ParametersInCacheKeyAndForwardedToOrigin.QueryStringsConfig = {
        QueryStringBehavior: "all",
      }),
    (parts) => {
      parts.add("ToOrigin", "AWS::CloudFront::OriginRequestPolicy", {
        OriginRequestPolicyConfig: {
          Name: "to-origin",
          HeadersConfig: { HeaderBehavior: "none" },
          CookiesConfig: { CookieBehavior: "none" },
          QueryStringsConfig: { QueryStringBehavior: "all" },
        },
      });
      parts.behavior["OriginRequestPolicyId"] = { Ref: "ToOrigin" };
    },
  ],
  "the viewer's country read at viewer-request": [
    (parts) => {
      parts.moved(
        "origin-request",
        'console.log(request.headers["cloudfront-viewer-country"]);',
        "return request;",
      );
      parts.properties("Cache")[
        "CachePolicyConfig"
      ].ParametersInCacheKeyAndForwardedToOrigin.HeadersConfig = {
        HeaderBehavior: "whitelist",
        Headers: ["CloudFront-Viewer-Country"],
      };
    },
  ],
  "a CloudFront Function above 10,240 bytes": [handler()],
  "a CloudFront Function without handler": [handler()],
  "a CloudFront Function that fetches": [handler()],
  "a CloudFront Function that logs several values": [handler('console.log("a " + event);')],
  "a CloudFront Function that sets a header in capitals": [
    handler('event.request.headers["x-a"] = { value: "1" };'),
  ],
  "a CloudFront Function with a class": [handler("function A() {} new A();")],
  "a CloudFront Function with optional chaining": [handler("event.a && event.a.b;")],
  "a CloudFront Function with for\u2026of": [
    handler("var list = []; for (var i = 0; i < list.length; i++) console.log(list[i]);"),
    handler("[].forEach(function (item) { console.log(item); });"),
  ],
  "a CloudFront Function with await in an argument": [
    edge(
      "async function handler(event) { const value = await Promise.resolve(1); String(value); return event.request; }",
    ),
  ],
  "a CloudFront Function with a Map": [
    handler(),
    edge("function Map() {}\nfunction handler(event) { new Map(); return event.request; }"),
  ],
  "a CloudFront Function that sorts a copy": [handler("event.list.slice().sort();")],
  "const on cloudfront-js-1.0": [js2, handler("var a = 1;")],
  "const on the CDK's default runtime": [js2],
  "the CDK's default runtime": [js2],
  "a CloudFront Function that imports a file": [
    edge('import crypto from "crypto";\nfunction handler(event) { return event.request; }'),
  ],
  "a header as a plain string": [handler('event.request.headers["x-a"] = { value: "1" };')],
  "a response of its own on viewer-response": [
    edge("function handler(event) { event.response.statusCode = 302; return event.response; }"),
  ],
  "a CloudFront Function that is not published": [
    (parts) => void (parts.properties("Edge")["AutoPublish"] = true),
  ],
  "a read of a key value store without a catch": [
    readingStore("try { await kvs.get('a'); } catch (error) { console.log('none'); }"),
    readingStore("if (await kvs.exists('a')) await kvs.get('a');"),
  ],
  "a read of a key value store that the function has not": [named],
  "a key value store without function": [named],
  "two CloudFront Functions of one name": [
    (parts) => void (parts.properties("Other")["Name"] = "other"),
  ],
};
