import { Match, type Template } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { deployedTraffic, describeTraffic } from "../src/canary/deployed-canary.ts";
import { canaryTraffic } from "../src/command/canary-traffic.ts";
import type { ResolvedStageConfig } from "../src/config/stage-config.ts";
import { synthesized } from "./synthesized.ts";

const domain = {
  names: ["notes.example.com"],
  certificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/0123-abc",
};

/** The template of the site as a stage that is changed so. */
function templateOf(stage: Partial<ResolvedStageConfig>): Template {
  using site = synthesized({ functions: [] }, stage);
  return site.template;
}

describe("the stack of a canary", () => {
  it.each([
    [
      "5",
      { Type: "SingleWeight", SingleWeightConfig: Match.objectLike({ Weight: 0.05 }) },
      "5 % of the viewers",
    ],
    [
      "aws-cf-cd-try: yes",
      {
        Type: "SingleHeader",
        SingleHeaderConfig: { Header: "aws-cf-cd-try", Value: "yes" },
      },
      "who sends aws-cf-cd-try: yes",
    ],
  ])("sends %j to its distribution, and says so", (text, TrafficConfig, described) => {
    const canary = { traffic: canaryTraffic(text), release: "0" };
    const template = templateOf({ http3: false, canary });
    template.hasResourceProperties("AWS::CloudFront::ContinuousDeploymentPolicy", {
      ContinuousDeploymentPolicyConfig: { Enabled: true, TrafficConfig },
    });
    expect(describeTraffic(deployedTraffic(template.toJSON()))).toBe(described);
  });

  it("has a staging distribution with the certificate of the other, and no name", () => {
    const canary = { traffic: { percent: 1 }, release: "0" };
    templateOf({ http3: false, domain, canary }).hasResourceProperties(
      "AWS::CloudFront::Distribution",
      {
        DistributionConfig: {
          Staging: true,
          Aliases: Match.absent(),
          HttpVersion: "http2",
          ViewerCertificate: Match.objectLike({ AcmCertificateArn: domain.certificateArn }),
        },
      },
    );
  });

  it("is none of a stage: its distribution serves HTTP/3 and is asked by name", () => {
    const template = templateOf({ domain });
    template.resourceCountIs("AWS::CloudFront::ContinuousDeploymentPolicy", 0);
    template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: {
        Staging: Match.absent(),
        Aliases: domain.names,
        HttpVersion: "http2and3",
      },
    });
  });

  it.each(["0", "16", "5.555", "-1", "", "five", "x-try: yes", "aws-cf-cd-: yes", "aws-cf-cd-try"])(
    "is refused for %j",
    (text) => {
      expect(() => canaryTraffic(text)).toThrow(/^CloudFront sends 1 to 15 percent of the viewers/);
    },
  );
});
