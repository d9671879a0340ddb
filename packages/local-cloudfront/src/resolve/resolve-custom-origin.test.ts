import { describe, expect, it } from "vitest";
import { site, loadWithOrigin, originOf, custom } from "../../test/samples/load-with-origin.ts";
import { type Json, readableBy } from "../../test/samples/template.ts";

describe("a custom origin", () => {
  it("has CloudFront's settings where the template has none", () => {
    const { distribution, warnings } = loadWithOrigin({
      ...custom,
      CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
    });
    expect(distribution.origins.get("site")).toMatchObject({
      kind: "custom",
      domainName: "www.example.com",
      content: { kind: "none" },
      protocolPolicy: "https-only",
      httpPort: 80,
      httpsPort: 443,
      keepaliveTimeoutSeconds: 5,
      readTimeoutSeconds: 30,
    });
    expect(warnings).toEqual([]);
  });

  it("has the settings of the template", () => {
    const CustomOriginConfig = {
      OriginProtocolPolicy: "match-viewer",
      HTTPPort: 8080,
      HTTPSPort: 8443,
      OriginSSLProtocols: ["TLSv1.2"],
      OriginKeepaliveTimeout: 60,
      OriginReadTimeout: 45,
    };
    expect(originOf({ ...custom, CustomOriginConfig })).toMatchObject({
      protocolPolicy: "match-viewer",
      httpPort: 8080,
      httpsPort: 8443,
      sslProtocols: ["TLSv1.2"],
      keepaliveTimeoutSeconds: 60,
      readTimeoutSeconds: 45,
    });
  });

  const websiteOrigin = {
    S3OriginConfig: undefined,
    CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
    DomainName: {
      "Fn::Select": [2, { "Fn::Split": ["/", { "Fn::GetAtt": ["Bucket", "WebsiteURL"] }] }],
    },
  };
  const websiteBucket = (properties: Json): Json => ({
    Bucket: {
      Type: "AWS::S3::Bucket",
      Metadata: { "cf-edge:site": { path: "site" } },
      Properties: properties,
    },
  });
  const everybodyMayGet = { Policy: readableBy("*") };

  it("CF-H-15: is what the website endpoint of a bucket is", () => {
    const WebsiteConfiguration = {
      IndexDocument: "index.html",
      ErrorDocument: "404.html",
      RoutingRules: [
        {
          RoutingRuleCondition: { KeyPrefixEquals: "old/", HttpErrorCodeReturnedEquals: "404" },
          RedirectRule: { ReplaceKeyPrefixWith: "new/", Protocol: "https" },
        },
      ],
    };
    const { distribution, warnings } = loadWithOrigin(websiteOrigin, {
      ...websiteBucket({ WebsiteConfiguration }),
      ...everybodyMayGet,
    });
    expect(distribution.origins.get("site")).toMatchObject({
      kind: "custom",
      content: site,
      website: {
        indexDocument: "index.html",
        errorDocument: "404.html",
        routingRules: [
          {
            keyPrefix: "old/",
            errorCode: 404,
            replaceKeyPrefixWith: "new/",
            protocol: "https",
            redirectCode: 301,
          },
        ],
        mayGetObject: true,
        mayListBucket: false,
      },
    });
    expect(warnings).toEqual([]);
  });

  it("CF-H-15: has the content that is passed for the bucket of a website endpoint", () => {
    const folder = { kind: "folder", path: import.meta.dirname } as const;
    const bucket = websiteBucket({ WebsiteConfiguration: { IndexDocument: "index.html" } });
    const { distribution } = loadWithOrigin(websiteOrigin, bucket, [["Bucket", folder]]);
    expect(distribution.origins.get("site")?.content).toEqual(folder);
  });

  it("CF-H-15: is warned of where a website endpoint serves no website, or nobody may get it", () => {
    const messagesOf = (resources: Json): readonly string[] =>
      loadWithOrigin(websiteOrigin, resources).warnings.map(({ message }) => message);
    expect({
      "without a configuration": messagesOf(websiteBucket({})),
      "without a policy": messagesOf(
        websiteBucket({ WebsiteConfiguration: { IndexDocument: "index.html" } }),
      ),
    }).toMatchInlineSnapshot(`
      {
        "without a configuration": [
          "Bucket Bucket has no WebsiteConfiguration: S3 responds with 404 at its website endpoint. Its files are served here.",
        ],
        "without a policy": [
          "Every request to this origin gets a 403 response: no AWS::S3::BucketPolicy lets everybody s3:GetObject from bucket Bucket.",
        ],
      }
    `);
  });

  it("whose name only a deployment knows is warned of, unless something stands in", () => {
    const origin = {
      S3OriginConfig: undefined,
      CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
      DomainName: { "Fn::GetAtt": ["Balancer", "DNSName"] },
    };
    const resources = { Balancer: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer" } };
    expect(loadWithOrigin(origin, resources).warnings).toMatchInlineSnapshot(`
      [
        {
          "message": "Origin cannot be reached from this machine (<Balancer.DNSName>). Pass --origin site=DIR or site=URL.",
          "subject": "Distribution.DistributionConfig.Origins[0]",
        },
      ]
    `);
    const url = { kind: "url", url: "http://127.0.0.1:3000" } as const;
    expect(loadWithOrigin(origin, resources, [["site", url]]).warnings).toEqual([]);
  });

  it("is not signed, and shows no certificate", () => {
    const { warnings } = loadWithOrigin({
      ...custom,
      OriginAccessControlId: "E2QWRUHAPOMQZL",
      CustomOriginConfig: {
        OriginProtocolPolicy: "https-only",
        OriginMtlsConfig: { ClientCertificateArn: "arn" },
      },
      OriginCustomHeaders: [{ HeaderName: "X-Key", HeaderValue: "{{resolve:secretsmanager:key}}" }],
    });
    expect(warnings.map(({ subject, message }) => `${subject}: ${message}`)).toMatchInlineSnapshot(`
      [
        "Distribution.DistributionConfig.Origins[0].CustomOriginConfig.OriginMtlsConfig: No client certificate is sent to the origin.",
        "Distribution.DistributionConfig.Origins[0].OriginAccessControlId: Requests to custom origins are not signed.",
        "Distribution.DistributionConfig.Origins[0].OriginCustomHeaders[0].HeaderValue: Only the deployment knows its value: the header is sent as it is written here. Pass --parameter, --import or --value.",
      ]
    `);
  });

  it("in a VPC cannot be reached from this machine", () => {
    const origin = { ...custom, VpcOriginConfig: { VpcOriginId: "vo_x" } };
    expect(loadWithOrigin(origin).warnings).toMatchInlineSnapshot(`
      [
        {
          "message": "Origin cannot be reached from this machine (www.example.com). Pass --origin site=DIR or site=URL.",
          "subject": "Distribution.DistributionConfig.Origins[0]",
        },
      ]
    `);
  });
});
