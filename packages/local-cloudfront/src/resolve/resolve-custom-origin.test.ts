import { describe, expect, it } from "vitest";
import { site, loadWithOrigin, originOf, custom } from "../../test/samples/load-with-origin.ts";

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

  it("CF-H-15: is what the website endpoint of a bucket is", () => {
    const { distribution, warnings } = loadWithOrigin(
      {
        S3OriginConfig: undefined,
        CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
        DomainName: {
          "Fn::Select": [2, { "Fn::Split": ["/", { "Fn::GetAtt": ["Bucket", "WebsiteURL"] }] }],
        },
      },
      { Bucket: { Type: "AWS::S3::Bucket", Metadata: { "cf-edge:site": { path: "site" } } } },
    );
    expect(distribution.origins.get("site")).toMatchObject({ kind: "custom", content: site });
    expect(warnings).toMatchInlineSnapshot(`
      [
        {
          "message": "Website hosting is not run locally: the bucket's files are served without index documents and redirects.",
          "subject": "Distribution.DistributionConfig.Origins[0]",
        },
      ]
    `);
  });

  it.each([
    [
      "a function URL",
      { Type: "AWS::Lambda::Url" },
      { "Fn::Select": [2, { "Fn::Split": ["/", { "Fn::GetAtt": ["Api", "FunctionUrl"] }] }] },
      /^[0-9a-z]{13}\.lambda-url\.us-east-1\.on\.aws$/,
    ],
    [
      "an HTTP API",
      { Type: "AWS::ApiGatewayV2::Api" },
      { "Fn::Sub": "${Api}.execute-api.${AWS::Region}.${AWS::URLSuffix}" },
      /^[0-9a-z]{10}\.execute-api\.us-east-1\.amazonaws\.com$/,
    ],
  ])("may be %s", (_name, Api, DomainName, expected) => {
    const CustomOriginConfig = { OriginProtocolPolicy: "https-only" };
    const origin = originOf({ ...custom, CustomOriginConfig, DomainName }, { Api });
    expect(origin?.domainName).toMatch(expected);
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
          "message": "Origin cannot be reached from this machine (<Balancer.DNSName>). Pass --origin site=URL.",
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
        "Distribution.DistributionConfig.Origins[0].OriginAccessControlId: Requests to custom origins are not signed.",
        "Distribution.DistributionConfig.Origins[0].CustomOriginConfig.OriginMtlsConfig: No client certificate is sent to the origin.",
        "Distribution.DistributionConfig.Origins[0].OriginCustomHeaders[0].HeaderValue: Only the deployment knows its value: the header is sent as it is written here. Pass --parameter, --import or --value.",
      ]
    `);
  });

  it("in a VPC cannot be reached from this machine", () => {
    const origin = { ...custom, VpcOriginConfig: { VpcOriginId: "vo_x" } };
    expect(loadWithOrigin(origin).warnings).toMatchInlineSnapshot(`
      [
        {
          "message": "Origin cannot be reached from this machine (www.example.com). Pass --origin site=URL.",
          "subject": "Distribution.DistributionConfig.Origins[0]",
        },
      ]
    `);
  });
});
