import { Match } from "aws-cdk-lib/assertions";
import { describe, expect, it } from "vitest";
import { edgeConfig } from "./notes/edge.config.ts";
import { synthesized } from "./synthesized.ts";

const account = "111122223333";

describe("a stage", () => {
  it("takes a domain with its certificate and the newest minimum of TLS 1.2", () => {
    const certificateArn = "arn:aws:acm:us-east-1:111122223333:certificate/0123-abc";
    const domain = { names: ["notes.example.com"], certificateArn };
    using withDomain = synthesized({}, { domain });
    withDomain.template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: {
        Aliases: domain.names,
        ViewerCertificate: {
          AcmCertificateArn: certificateArn,
          MinimumProtocolVersion: "TLSv1.2_2025",
          SslSupportMethod: "sni-only",
        },
      },
    });
  });

  it("takes an account, which the credentials of the deploy are held to", () => {
    using inAccount = synthesized({}, { account });
    expect(inAccount.environment).toBe(`aws://${account}/us-east-1`);
  });

  it("takes another runtime for its functions than their manifests name", () => {
    using older = synthesized({}, { runtime: "nodejs22.x" });
    older.template.allResourcesProperties("AWS::Lambda::Function", { Runtime: "nodejs22.x" });
  });

  it("takes a price class and a web ACL", () => {
    const webAclArn = `arn:aws:wafv2:us-east-1:${account}:global/webacl/notes/0123-abc`;
    using changed = synthesized({}, { priceClass: "PriceClass_100", webAclArn });
    changed.template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: { PriceClass: "PriceClass_100", WebACLId: webAclArn },
    });
  });

  it("takes access logs, which a private bucket keeps for some days", () => {
    using logged = synthesized({}, { accessLogs: { retentionDays: 7 } });
    const buckets = logged.template.findResources("AWS::S3::Bucket", {
      Properties: {
        LifecycleConfiguration: { Rules: [{ ExpirationInDays: 7, Status: "Enabled" }] },
      },
    });
    const [bucketId = "none"] = Object.keys(buckets);
    logged.template.hasResourceProperties("AWS::CloudFront::Distribution", {
      DistributionConfig: {
        Logging: Match.objectLike({ Bucket: { "Fn::GetAtt": [bucketId, "RegionalDomainName"] } }),
      },
    });
    expect(buckets[bucketId]).toMatchObject({
      DeletionPolicy: "Retain",
      Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: true } },
    });
  });

  it("takes alarms, which a mail tells of: failures of viewers' requests and of each CloudFront Function", () => {
    const alarms = { email: "team@example.com" };
    using watched = synthesized({ engine: "cloudfront-function" }, { alarms });
    const { template } = watched;
    const [topicId = "none"] = Object.keys(template.findResources("AWS::SNS::Topic"));
    template.hasResourceProperties("AWS::SNS::Subscription", {
      Protocol: "email",
      Endpoint: alarms.email,
      TopicArn: { Ref: topicId },
    });
    const distribution = template.findResources("AWS::CloudFront::Distribution");
    const [DistributionId = "none"] = Object.keys(distribution);
    template.hasResourceProperties("AWS::CloudWatch::Alarm", {
      MetricName: "5xxErrorRate",
      Statistic: "Average",
      Dimensions: [
        { Name: "DistributionId", Value: { Ref: DistributionId } },
        { Name: "Region", Value: "Global" },
      ],
      AlarmActions: [{ Ref: topicId }],
      OKActions: [{ Ref: topicId }],
    });
    const found = template.findResources("AWS::CloudWatch::Alarm");
    const failures = Object.values(found).filter(({ Properties }) => Properties.Metrics);
    expect(failures.map(({ Properties }) => Properties.AlarmDescription)).toEqual([
      expect.stringMatching(/^More than 1 % of the invocations of spa-rewrite \S+ fail/),
      expect.stringMatching(/^More than 1 % of the invocations of security-headers \S+ fail/),
    ]);
    // The topic's own policy has to let them in, since it takes the place of the default one.
    template.hasResourceProperties("AWS::SNS::TopicPolicy", {
      PolicyDocument: {
        Statement: Match.arrayWith([
          Match.objectLike({
            Action: "sns:Publish",
            Effect: "Allow",
            Principal: { Service: "cloudwatch.amazonaws.com" },
          }),
        ]),
      },
    });
    using silent = synthesized({});
    silent.template.resourceCountIs("AWS::CloudWatch::Alarm", 0);
    silent.template.resourceCountIs("AWS::SNS::Topic", 0);
  });

  it("has a stack of its own name, and the first one has the site's", () => {
    expect(edgeConfig.stages.map(({ name, stackName }) => [name, stackName])).toEqual([
      ["dev", "notes"],
      ["prod", "notes-prod"],
    ]);
  });
});
