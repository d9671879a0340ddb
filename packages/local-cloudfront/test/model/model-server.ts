import { gunzipSync } from "node:zlib";
import { startTestCloudFront, type TestCloudFront } from "../support/start-test-cloudfront.ts";
import { requestRaw } from "../support/raw-http.ts";
import { originId } from "../support/distribution-template.ts";
import {
  bodyOf,
  cloudFrontPage,
  defaultAnswer,
  etagOf,
  type Outcome,
  type World,
} from "./world.ts";
import {
  hangsUp,
  pageFile,
  secondOrigin,
  type ErrorRule,
  type HeadersPolicy,
  type ModelBehavior,
  type ModelEvent,
  type ModelRequest,
} from "./scenario.ts";

/** Behaves as the table says that stands in the first segment of the path, at each event. */
const handler = `
const run = ({ does }, { config, request, response }) => {
  const message = response ?? request;
  const line = (value) => [{ value }];
  switch (does.kind) {
    case "throw":
      throw new Error("thrown");
    case "rewrite":
      request.uri = request.uri.replace(/[^/]*$/, "b");
      return request;
    case "query":
      request.querystring = "q=9";
      return request;
    case "header":
      request.headers["x-k"] = [{ key: "X-K", value: "9" }];
      return request;
    case "generate":
      return {
        status: String(does.status),
        headers: does.cacheControl ? { "cache-control": line(does.cacheControl) } : {},
        body: "generated at " + config.eventType,
      };
    case "status":
      response.status = String(does.status);
      return response;
    case "cache-control":
      response.headers["cache-control"] = line(does.value);
      return response;
    case "mark":
      response.headers["x-" + config.eventType] = line("1");
      return response;
    default:
      return message;
  }
};
const names = {
  "viewer-request": "viewerRequest",
  "origin-request": "originRequest",
  "origin-response": "originResponse",
  "viewer-response": "viewerResponse",
};
exports.handler = async (event) => {
  const cf = event.Records[0].cf;
  const [, prefix, file] = cf.request.uri.split("/");
  const behavior = table[Number(prefix.slice(1))][names[cf.config.eventType]];
  return behavior.onlyForA && file !== "a" ? (cf.response ?? cf.request) : run(behavior, cf);
};
`;

const eventTypes = {
  viewerRequest: "viewer-request",
  originRequest: "origin-request",
  originResponse: "origin-response",
  viewerResponse: "viewer-response",
} as const;

function templateBehavior(behavior: ModelBehavior, policyId: string, logicalId: string) {
  const { compresses, failover, headersPolicy } = behavior;
  return {
    CachePolicyId: { Ref: policyId },
    Compress: compresses,
    ...(failover !== undefined && { TargetOriginId: groupOf(failover) }),
    ...(headersPolicy !== undefined && { ResponseHeadersPolicyId: { Ref: headersPolicy } }),
    LambdaFunctionAssociations: Object.entries(eventTypes).flatMap(([name, EventType]) =>
      behavior[name as keyof typeof eventTypes] === undefined
        ? []
        : [{ EventType, LambdaFunctionARN: { Ref: logicalId } }],
    ),
  };
}

function cachePolicy(behavior: ModelBehavior, Name: string) {
  const { minTtl, defaultTtl, maxTtl, keyHasQuery, keyHasHeader, keyHasCookie } = behavior;
  return {
    Type: "AWS::CloudFront::CachePolicy",
    Properties: {
      CachePolicyConfig: {
        Name,
        MinTTL: minTtl,
        DefaultTTL: defaultTtl,
        MaxTTL: maxTtl,
        ParametersInCacheKeyAndForwardedToOrigin: {
          EnableAcceptEncodingGzip: behavior.compresses,
          HeadersConfig: keyHasHeader
            ? { HeaderBehavior: "whitelist", Headers: ["X-K"] }
            : { HeaderBehavior: "none" },
          CookiesConfig: keyHasCookie
            ? { CookieBehavior: "whitelist", Cookies: ["c"] }
            : { CookieBehavior: "none" },
          QueryStringsConfig: { QueryStringBehavior: keyHasQuery ? "all" : "none" },
        },
      },
    },
  };
}

function groupOf(failover: readonly number[]): string {
  return `group-${failover.join("-")}`;
}

/** The origin groups that cache behaviors have, each once. */
function originGroups(behaviors: readonly ModelBehavior[]) {
  const all = behaviors.flatMap(({ failover }) => (failover === undefined ? [] : [failover]));
  const Items = [...new Map(all.map((each) => [groupOf(each), each]))].map(([Id, statuses]) => ({
    Id,
    FailoverCriteria: { StatusCodes: { Items: statuses, Quantity: statuses.length } },
    Members: { Items: [{ OriginId: originId }, { OriginId: secondOrigin }], Quantity: 2 },
  }));
  return { Items, Quantity: Items.length };
}

const custom = {
  DomainName: "origin.example.com",
  CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
};

function responseHeadersPolicy(Name: HeadersPolicy) {
  const custom = { Header: "X-Policy", Value: "policy", Override: Name === "overrides" };
  return {
    Type: "AWS::CloudFront::ResponseHeadersPolicy",
    Properties: {
      ResponseHeadersPolicyConfig: {
        Name,
        ...(Name === "removes"
          ? { RemoveHeadersConfig: { Items: [{ Header: "X-Policy" }] } }
          : { CustomHeadersConfig: { Items: [custom] } }),
      },
    },
  };
}

/** A local CloudFront with many cache behaviors, and an origin that does as it is told. */
export class ModelServer {
  readonly #started: TestCloudFront;
  /** Where the origin looks up how to respond. */
  readonly #origin: { answers: World["origin"] };

  private constructor(started: TestCloudFront, origin: { answers: World["origin"] }) {
    this.#started = started;
    this.#origin = origin;
  }

  /** The cache behavior at each index serves `/c<index>/*`. */
  static async start(
    behaviors: readonly ModelBehavior[],
    errorRules: readonly ErrorRule[],
  ): Promise<ModelServer> {
    const origin: { answers: World["origin"] } = { answers: {} };
    const policies = behaviors.map((each, index) => [
      `Policy${index}`,
      cachePolicy(each, `c${index}`),
    ]);
    const started = await startTestCloudFront({
      cachePolicy: { MinTTL: 0, DefaultTTL: 10, MaxTTL: 20 },
      furtherOrigins: [secondOrigin],
      distributionConfig: {
        Origins: [
          { Id: originId, ...custom },
          { Id: secondOrigin, ...custom, OriginPath: `/${secondOrigin}` },
        ],
        OriginGroups: originGroups(behaviors),
        CustomErrorResponses: errorRules.map(({ errorCode, minTtl, responseCode }) => ({
          ErrorCode: errorCode,
          ErrorCachingMinTTL: minTtl,
          ...(responseCode !== undefined && {
            ResponseCode: responseCode,
            ResponsePagePath: `/error/${pageFile}`,
          }),
        })),
      },
      cacheBehaviors: Object.fromEntries(
        behaviors.map((each, index) => [
          `/c${index}/*`,
          { properties: templateBehavior(each, `Policy${index}`, "EdgeVersion") },
        ]),
      ),
      resources: {
        ...Object.fromEntries(policies),
        adds: responseHeadersPolicy("adds"),
        overrides: responseHeadersPolicy("overrides"),
        removes: responseHeadersPolicy("removes"),
        Edge: {
          Type: "AWS::Lambda::Function",
          Properties: {
            Runtime: "nodejs24.x",
            Handler: "index.handler",
            Code: { ZipFile: `const table = ${JSON.stringify(behaviors)};${handler}` },
            Role: "arn:aws:iam::123456789012:role/edge",
            Timeout: 5,
            MemorySize: 128,
          },
        },
        EdgeVersion: {
          Type: "AWS::Lambda::Version",
          Properties: { FunctionName: { Ref: "Edge" } },
        },
      },
      server: ({ method, url, headers }, response) => {
        const { pathname } = new URL(url, "http://origin");
        const name = pathname.split("/").at(-1) ?? "";
        const isSecond = pathname.startsWith(`/${secondOrigin}/`);
        const file = isSecond ? `${secondOrigin}/${name}` : name;
        const answer = origin.answers[file] ?? defaultAnswer(file);
        const { status, cacheControl, hasEtag, version } = answer;
        if (status === hangsUp) {
          response.destroy();
          return;
        }
        const etag = etagOf(file, version);
        const isSame = hasEtag && headers["if-none-match"]?.replace(/^W\//, "") === etag;
        const body = bodyOf({ ...answer, file });
        response.writeHead(isSame ? 304 : status, {
          "x-policy": "origin",
          "content-type": "text/plain",
          ...(hasEtag && { etag }),
          ...(cacheControl !== undefined && { "cache-control": cacheControl }),
          ...(!isSame && { "content-length": Buffer.byteLength(body) }),
        });
        response.end(method === "HEAD" || isSame ? undefined : body);
      },
    });
    return new ModelServer(started, origin);
  }

  /** Forgets what came before. */
  async reset(): Promise<void> {
    this.#origin.answers = {};
    await this.#started.cloudfront.invalidate(["/*"]);
  }

  /** @param answers those of the origin after the event */
  async take(
    index: number,
    event: Exclude<ModelEvent, { kind: "requests" }>,
    answers: World["origin"],
  ): Promise<void> {
    this.#origin.answers = answers;
    const { cloudfront } = this.#started;
    if (event.kind === "advance") cloudfront.clock.advance(event.seconds);
    if (event.kind === "invalidate") {
      await cloudfront.invalidate([event.file === "*" ? "/*" : `/c${index}/${event.file}*`]);
    }
  }

  /** Sends requests at once. */
  async send(index: number, requests: readonly ModelRequest[]): Promise<readonly Outcome[]> {
    const outcomes = await Promise.all(requests.map((request) => this.#send(index, request)));
    await this.#started.cloudfront.idle();
    return outcomes;
  }

  async #send(
    index: number,
    { method, file, query, k, cookie, accepts, range }: ModelRequest,
  ): Promise<Outcome> {
    const { cloudfront } = this.#started;
    const { status, headers, body } = await requestRaw(
      cloudfront.url,
      `/c${index}/${file}${query && `?${query}`}`,
      {
        ...(k !== undefined && { "x-k": k }),
        ...(cookie !== undefined && { cookie: `c=${cookie}` }),
        ...(accepts !== undefined && { "accept-encoding": accepts }),
        ...(range !== undefined && { range }),
      },
      method,
    );
    const trace = cloudfront.traces().find(({ requestId }) => requestId === headers["x-amz-cf-id"]);
    const steps = trace?.steps ?? [];
    const encoding = headers["content-encoding"];
    const isZipped = encoding === "gzip" && body.byteLength > 0;
    const text = (isZipped ? gunzipSync(body) : body).toString();
    return {
      status,
      xCache: (headers["x-cache"] ?? "").replace(" from cloudfront", ""),
      body: text.includes("The request could not be satisfied") ? cloudFrontPage : text,
      age: headers["age"] === undefined ? undefined : Number(headers["age"]),
      marks: ["origin-response", "viewer-response"].filter((name) => headers[`x-${name}`] === "1"),
      policyHeader: headers["x-policy"],
      encoding,
      invoked: steps.flatMap((step) => ("run" in step ? step.run.eventType : [])),
      origin: steps.flatMap((step) =>
        step.step === "origin"
          ? `${step.request.method} ${step.originId === secondOrigin ? `${secondOrigin}/` : ""}${step.request.uri.split("/").at(-1)} ${step.status}`
          : [],
      ),
    };
  }
}
