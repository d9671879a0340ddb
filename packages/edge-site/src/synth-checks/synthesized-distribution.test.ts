import { App, Duration, Stack } from "aws-cdk-lib";
import {
  CacheCookieBehavior,
  CacheHeaderBehavior,
  CachePolicy,
  CacheQueryStringBehavior,
  Distribution,
  type DistributionProps,
  Function,
  FunctionCode,
  FunctionEventType,
  OriginRequestCookieBehavior,
  OriginRequestHeaderBehavior,
  OriginRequestPolicy,
  OriginRequestQueryStringBehavior,
  ResponseHeadersPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin, S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import { Bucket } from "aws-cdk-lib/aws-s3";
import { EvaluatedAssembly, readCloudAssembly } from "cloud-assembly";
import { describe, expect, it } from "vitest";
import {
  type SynthesizedDistribution,
  synthesizedDistribution,
} from "./synthesized-distribution.ts";

function synthesized(props: (stack: Stack) => DistributionProps): SynthesizedDistribution {
  const app = new App();
  const stack = new Stack(app, "Site");
  new Distribution(stack, "Distribution", props(stack));
  return synthesizedDistribution(
    new EvaluatedAssembly(readCloudAssembly(app.synth().directory).stacks),
  );
}

const custom = new HttpOrigin("origin.example.com");

describe("what the checks are told of a synthesized distribution", () => {
  it("is little where there is little", () => {
    expect(synthesized(() => ({ defaultBehavior: { origin: custom } }))).toEqual({
      defaultRootObject: "",
      customErrorResponses: [],
      siteHosts: [],
      cacheTagHeader: "",
      pathPatternOf: expect.anything() as unknown,
      cacheBehaviors: [
        {
          pathPattern: "*",
          viewerProtocolPolicy: "allow-all",
          cachePolicy: {
            headers: "none",
            cookies: "none",
            queryStrings: "none",
            minTtlSeconds: 1,
            maxTtlSeconds: 31_536_000,
          },
          hasResponseHeadersPolicy: false,
          generatesResponses: false,
          originType: "custom",
        },
      ],
    });
  });

  it("is its root object and its error pages", () => {
    const { defaultRootObject, customErrorResponses } = synthesized(() => ({
      defaultBehavior: { origin: custom },
      defaultRootObject: "index.html",
      errorResponses: [
        { httpStatus: 404, responsePagePath: "/404.html", responseHttpStatus: 404 },
        { httpStatus: 503, ttl: Duration.seconds(1) },
      ],
    }));
    expect(defaultRootObject).toBe("index.html");
    expect(customErrorResponses).toEqual([
      { errorCode: 404, responsePagePath: "/404.html", responseCode: 404 },
      { errorCode: 503, errorCachingMinTtlSeconds: 1 },
    ]);
  });

  it("is what a cache behavior forwards, and what of it is in the cache key", () => {
    const { cacheBehaviors, pathPatternOf } = synthesized((stack) => ({
      defaultBehavior: { origin: custom },
      additionalBehaviors: {
        "/app/*": {
          origin: S3BucketOrigin.withOriginAccessControl(new Bucket(stack, "Bucket")),
          viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
          cachePolicy: new CachePolicy(stack, "CachePolicy", {
            minTtl: Duration.seconds(5),
            maxTtl: Duration.days(7),
            headerBehavior: CacheHeaderBehavior.allowList("CloudFront-Viewer-Country"),
            cookieBehavior: CacheCookieBehavior.denyList("theme"),
            queryStringBehavior: CacheQueryStringBehavior.all(),
          }),
          originRequestPolicy: new OriginRequestPolicy(stack, "OriginRequestPolicy", {
            headerBehavior: OriginRequestHeaderBehavior.all("CloudFront-Viewer-City"),
            cookieBehavior: OriginRequestCookieBehavior.allowList("session"),
            queryStringBehavior: OriginRequestQueryStringBehavior.none(),
          }),
          responseHeadersPolicy: ResponseHeadersPolicy.SECURITY_HEADERS,
          functionAssociations: [
            {
              eventType: FunctionEventType.VIEWER_REQUEST,
              function: new Function(stack, "Function", { code: FunctionCode.fromInline("//") }),
            },
          ],
        },
      },
    }));
    expect(["/app/a", "/app", "/"].map(pathPatternOf)).toEqual(["/app/*", "*", "*"]);
    expect(cacheBehaviors[0]).toEqual({
      pathPattern: "/app/*",
      viewerProtocolPolicy: "redirect-to-https",
      cachePolicy: {
        headers: ["CloudFront-Viewer-Country"],
        cookies: { allExcept: ["theme"] },
        queryStrings: "all",
        minTtlSeconds: 5,
        maxTtlSeconds: 604_800,
      },
      originRequestPolicy: {
        headers: { allViewerAnd: ["CloudFront-Viewer-City"] },
        cookies: ["session"],
        queryStrings: "none",
      },
      hasResponseHeadersPolicy: true,
      generatesResponses: true,
      originType: "s3",
    });
  });

  it("is that all of the viewer's headers are forwarded", () => {
    const { cacheBehaviors } = synthesized((stack) => ({
      defaultBehavior: {
        origin: custom,
        cachePolicy: CachePolicy.CACHING_DISABLED,
        originRequestPolicy: new OriginRequestPolicy(stack, "OriginRequestPolicy", {
          headerBehavior: OriginRequestHeaderBehavior.all(),
        }),
      },
    }));
    expect(cacheBehaviors[0]?.originRequestPolicy?.headers).toBe("all");
    expect(cacheBehaviors[0]?.cachePolicy.minTtlSeconds).toBe(0);
  });

  it("has managed policies, and takes those of others for ones that have everything", () => {
    const { cacheBehaviors } = synthesized((stack) => ({
      defaultBehavior: {
        origin: custom,
        cachePolicy: CachePolicy.USE_ORIGIN_CACHE_CONTROL_HEADERS_QUERY_STRINGS,
        originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      },
      additionalBehaviors: {
        "/a/*": {
          origin: custom,
          cachePolicy: CachePolicy.fromCachePolicyId(stack, "Cache", "of-the-account"),
          originRequestPolicy: OriginRequestPolicy.fromOriginRequestPolicyId(
            stack,
            "Request",
            "of-the-account",
          ),
        },
      },
    }));
    const everything = { headers: "all", cookies: "all", queryStrings: "all" };
    expect(cacheBehaviors).toMatchObject([
      { cachePolicy: everything, originRequestPolicy: everything },
      {
        cachePolicy: { queryStrings: "all", minTtlSeconds: 0, maxTtlSeconds: 31_536_000 },
        originRequestPolicy: { headers: { allExcept: ["host"] }, cookies: "all" },
      },
    ]);
  });
});
