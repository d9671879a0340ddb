import { expect, it, vi } from "vitest";
import { accessLogFile, readAccessLog } from "../support/access-log-file.ts";
import type { TestDistribution } from "../support/distribution-template.ts";
import { changeRequest, changeResponse } from "../support/function-sources.ts";
import { replay } from "../support/replay.ts";
import { startTestCloudFront } from "../support/start-test-cloudfront.ts";

vi.setConfig({ testTimeout: 60_000 });

/** A site whose cache key has a cookie and a parameter, with a custom error response. */
const site: TestDistribution = {
  cachePolicy: {
    DefaultTTL: 60,
    MaxTTL: 60,
    ParametersInCacheKeyAndForwardedToOrigin: {
      CookiesConfig: { CookieBehavior: "whitelist", Cookies: ["theme"] },
      HeadersConfig: { HeaderBehavior: "none" },
      QueryStringsConfig: { QueryStringBehavior: "whitelist", QueryStrings: ["v"] },
      EnableAcceptEncodingGzip: false,
    },
  },
  distributionConfig: {
    Logging: { Bucket: "logs.s3.amazonaws.com", IncludeCookies: true },
    CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 200, ResponsePagePath: "/index.html" }],
    DefaultRootObject: "index.html",
  },
};

/** The site with functions that rewrite, redirect and fail, on Lambda@Edge. */
const withLambda: TestDistribution = {
  ...site,
  functions: {
    "viewer-request": changeRequest(`
      if (request.uri === "/old") return { status: "301", headers: { location: [{ value: "/new" }] } };
      if (request.uri === "/broken") throw new Error("broken");
      if (request.uri.startsWith("/notes/")) request.uri = "/index.html";
    `),
    "viewer-response": changeResponse(`response.headers["x-served"] = [{ value: "yes" }];`),
  },
};

/** The same as a CloudFront Function. */
const withCloudFrontFunction: TestDistribution = {
  ...site,
  properties: {
    FunctionAssociations: [
      { EventType: "viewer-request", FunctionARN: { "Fn::GetAtt": ["Rewrite", "FunctionARN"] } },
    ],
  },
  resources: {
    Rewrite: {
      Type: "AWS::CloudFront::Function",
      Properties: {
        Name: "rewrite",
        AutoPublish: true,
        FunctionConfig: { Comment: "", Runtime: "cloudfront-js-2.0" },
        FunctionCode: `function handler(event) {
          var request = event.request;
          if (request.uri === "/old") return { statusCode: 301, headers: { location: { value: "/new" } } };
          if (request.uri === "/broken") throw new Error("broken");
          if (request.uri.startsWith("/notes/")) request.uri = "/index.html";
          return request;
        }`,
      },
    },
  },
};

/** Numbers that look random and are always the same. */
function* numbers(): Generator<number, never> {
  for (let state = 1; ;) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state >>> 8;
  }
}

const paths = ["/", "/a.html", "/a.html?v=1", "/a.html?v=2&w=3", "/notes/1", "/notes/caf%C3%A9"];
const furtherPaths = [...paths, "/b%20c.html", "/old", "/broken", "/missing", "/secret?q=%25"];
const themes = ["theme=dark", "theme=light", "other=1; theme=dark", ""];

it.each([
  ["Lambda@Edge", withLambda, ["LambdaGeneratedResponse", "LambdaExecutionError"]],
  [
    "a CloudFront Function",
    withCloudFrontFunction,
    ["FunctionGeneratedResponse", "FunctionExecutionError"],
  ],
] as const)(
  "with %s, a replay of the local CloudFront's own log gives the same statuses, result types and hit ratio",
  async (_, site, resultTypes) => {
    const accessLog = accessLogFile();
    const { cloudfront, request } = await startTestCloudFront({
      ...site,
      files: { "index.html": "<h1>index</h1>", "a.html": "<h1>a</h1>", "b c.html": "<h1>b c</h1>" },
      options: { accessLog },
    });
    const random = numbers();
    const oneOf = <Item>(items: readonly Item[]): Item =>
      items[random.next().value % items.length] as Item;
    for (let index = 0; index < 200; index += 1) {
      const cookie = oneOf(themes);
      const method = oneOf(["GET", "GET", "GET", "HEAD", "POST"]);
      await request(oneOf(furtherPaths), { method, headers: cookie === "" ? {} : { cookie } });
      if (index % 10 === 0) cloudfront.clock.advance(20);
    }
    const entries = await readAccessLog(accessLog, cloudfront);
    expect(entries).toHaveLength(200);

    const report = await replay(accessLog, [site]);
    expect(report.brokenLines).toEqual([]);
    expect(report.logDifferences).toEqual({ what: "status", requests: 0, examples: [] });
    expect(report.a.statuses).toEqual(report.log.statuses);
    expect(report.a.resultTypes).toEqual(report.log.resultTypes);
    expect(report.a.hitRatio).toBe(report.log.hitRatio);
    const all = ["Hit", "RefreshHit", "Miss", "Error", ...resultTypes];
    expect(Object.keys(report.log.resultTypes).toSorted()).toEqual(all.toSorted());
  },
);
