import { describe, expect, it } from "vitest";
import { passRequest, passResponse } from "../support/function-sources.ts";
import type { TestCacheBehavior } from "../support/distribution-template.ts";
import {
  startTestCloudFront,
  type TestCloudFrontOptions,
} from "../support/start-test-cloudfront.ts";

async function refusalOf(options: TestCloudFrontOptions): Promise<string> {
  return startTestCloudFront(options).then(
    () => "started",
    (error: unknown) => String(error),
  );
}

const cloudFrontFunction = {
  FunctionAssociations: [
    {
      EventType: "viewer-request",
      FunctionARN: "arn:aws:cloudfront::123456789012:function/rewrite",
    },
  ],
};

describe("a distribution that is refused at start", () => {
  it("LE-A-27: one that combines gRPC with Lambda@Edge", async () => {
    const properties = { GrpcConfig: { Enabled: true } };
    const functions = { "viewer-request": passRequest, "origin-response": passResponse };
    expect(await refusalOf({ functions, properties })).toMatchInlineSnapshot(
      `"LocalCloudFrontError: Distribution.DistributionConfig.DefaultCacheBehavior has gRPC and Lambda@Edge functions: got "DefaultViewerRequest", "DefaultOriginResponse". Use CloudFront Functions or turn gRPC off."`,
    );
    expect(await refusalOf({ properties })).toBe("started");
  });

  it("LE-A-29: one with two functions on one event type", async () => {
    const refusal = await refusalOf({
      functions: { "viewer-request": passRequest },
      properties: {
        LambdaFunctionAssociations: [
          {
            EventType: "viewer-request",
            LambdaFunctionARN: { Ref: "DefaultViewerRequestVersion" },
          },
          {
            EventType: "viewer-request",
            LambdaFunctionARN: { Ref: "DefaultViewerRequestVersion" },
          },
        ],
      },
    });
    expect(refusal).toMatchInlineSnapshot(
      `"LocalCloudFrontError: Distribution.DistributionConfig.DefaultCacheBehavior has several functions on viewer-request: got "DefaultViewerRequest", "DefaultViewerRequest". Keep one function on an event type."`,
    );
  });

  it("LE-A-30: one that mixes CloudFront Functions and Lambda@Edge on viewer events", async () => {
    const refusal = await refusalOf({
      functions: { "viewer-response": passResponse },
      properties: cloudFrontFunction,
    });
    expect(refusal).toMatchInlineSnapshot(
      `"LocalCloudFrontError: Distribution.DistributionConfig.DefaultCacheBehavior mixes CloudFront Functions and Lambda@Edge on viewer events: got "DefaultViewerResponse", "rewrite". Use one kind for both viewer events."`,
    );
  });

  it("CF-J-06: one with a path pattern of other characters", async () => {
    const refusal = await refusalOf({ cacheBehaviors: { "a b/*": {} } });
    expect(refusal).toMatchInlineSnapshot(
      `"LocalCloudFrontError: Distribution.DistributionConfig.CacheBehaviors[0].PathPattern holds a character that path patterns may not have: got "a b/*". Allowed are up to 255 of A-Z a-z 0-9 and _ - . * $ / ~ " ' @ : + & ?."`,
    );
  });

  it("CF-J-13: one with more than 75 cache behaviors, unless the account may have more", async () => {
    const cacheBehaviors = (count: number): Record<string, TestCacheBehavior> =>
      Object.fromEntries(Array.from({ length: count }, (_, index) => [`${index}/*`, {}]));
    expect(await refusalOf({ cacheBehaviors: cacheBehaviors(75) })).toBe("started");
    expect(await refusalOf({ cacheBehaviors: cacheBehaviors(76) })).toMatchInlineSnapshot(
      `"LocalCloudFrontError: Distribution.DistributionConfig.CacheBehaviors holds more than 75: got 76. Stay within it, or pass quotas with another cacheBehaviorsPerDistribution where AWS has raised the account's."`,
    );
    const options = { quotas: { cacheBehaviorsPerDistribution: 100 } };
    expect(await refusalOf({ cacheBehaviors: cacheBehaviors(76), options })).toBe("started");
  });

  it("CF-J-13: one with a path pattern of more than 255 characters", async () => {
    expect(await refusalOf({ cacheBehaviors: { ["a".repeat(255)]: {} } })).toBe("started");
    const refusal = await refusalOf({ cacheBehaviors: { ["a".repeat(256)]: {} } });
    expect(refusal.replace("a".repeat(256), "a…")).toMatchInlineSnapshot(
      `"LocalCloudFrontError: Distribution.DistributionConfig.CacheBehaviors[0].PathPattern is longer than 255 characters: got "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.... Allowed are up to 255 of A-Z a-z 0-9 and _ - . * $ / ~ " ' @ : + & ?."`,
    );
  });
});
