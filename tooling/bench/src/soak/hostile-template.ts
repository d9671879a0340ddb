import { edgeFunctionResources } from "../servers/edge-function-resources.ts";
import { queryStringCachePolicy } from "../servers/query-string-cache-policy.ts";

/** The functions of the soak run by the folder of their cache behavior. */
export const viewerRequestSources: Readonly<Record<string, string>> = {
  throws: `exports.handler = async () => { throw new Error("soak"); };`,
  rejects: `exports.handler = () => Promise.reject(new Error("soak"));`,
  rubbish: `exports.handler = async () => ({ statusCode: 200, body: { not: "a string" } });`,
  nothing: `exports.handler = async () => undefined;`,
  smuggles: `exports.handler = async (event) => {
    const { request } = event.Records[0].cf;
    request.headers["x-a"] = [{ key: "X-A", value: "a\\r\\nx-b: b" }];
    return request;
  };`,
  late: `exports.handler = async (event) => {
    setTimeout(() => { throw new Error("late"); }, 1);
    return event.Records[0].cf.request;
  };`,
  exits: `exports.handler = async () => { process.exit(0); };`,
  loops: `exports.handler = async () => { for (;;); };`,
  hangs: `exports.handler = () => new Promise(() => setInterval(() => {}, 1000));`,
  leaks: `const kept = []; exports.handler = async () => {
    for (;;) kept.push(new Array(100000).fill(Math.random()));
  };`,
  noisy: `exports.handler = async (event) => {
    for (let line = 0; line < 50; line += 1) console.log("soak", line, "x".repeat(100));
    return event.Records[0].cf.request;
  };`,
};

const goodSources = {
  "viewer-request": `exports.handler = async (event) => {
    const { request } = event.Records[0].cf;
    if (/^\\/notes\\/\\d+$/.test(request.uri)) request.uri = "/index.html";
    return request;
  };`,
  "viewer-response": `exports.handler = async (event) => {
    const { response } = event.Records[0].cf;
    response.headers["x-soak"] = [{ key: "X-Soak", value: "good" }];
    return response;
  };`,
};

/** Returns a template with a good default cache behavior and a hostile one for each bad function. */
export function hostileTemplate(): object {
  const resources: Record<string, object> = {
    CachePolicy: queryStringCachePolicy("soak", { MinTTL: 0, DefaultTTL: 60, MaxTTL: 60 }),
  };
  const association = (eventType: string, logicalId: string, source: string): object => {
    Object.assign(resources, edgeFunctionResources(logicalId, source));
    return { EventType: eventType, LambdaFunctionARN: { Ref: `${logicalId}Version` } };
  };
  const behavior = (associations: readonly object[]): object => ({
    TargetOriginId: "site",
    ViewerProtocolPolicy: "allow-all",
    CachePolicyId: { Ref: "CachePolicy" },
    LambdaFunctionAssociations: associations,
  });
  const config = {
    Enabled: true,
    Origins: [
      {
        Id: "site",
        DomainName: "soak.example.com",
        CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
      },
    ],
    DefaultCacheBehavior: behavior([
      association("viewer-request", "GoodRequest", goodSources["viewer-request"]),
      association("viewer-response", "GoodResponse", goodSources["viewer-response"]),
    ]),
    CacheBehaviors: Object.entries(viewerRequestSources).map(([name, source]) => ({
      PathPattern: `/${name}/*`,
      ...behavior([association("viewer-request", `Bad${name}`, source)]),
    })),
  };
  return {
    Resources: {
      ...resources,
      Distribution: {
        Type: "AWS::CloudFront::Distribution",
        Properties: { DistributionConfig: config },
      },
    },
  };
}
