import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { fixtures, loadTemplate, refusalOf, type Json } from "../../test/samples/template.ts";
import type { OriginContent } from "../distribution/origins.ts";

const resources = {
  Url: { Type: "AWS::Lambda::Url" },
  Api: { Type: "AWS::ApiGatewayV2::Api" },
  Rest: { Type: "AWS::ApiGateway::RestApi" },
  Bucket: { Type: "AWS::S3::Bucket" },
  Named: { Type: "AWS::S3::Bucket", Properties: { BucketName: "www.example.com" } },
  Balancer: { Type: "AWS::ElasticLoadBalancingV2::LoadBalancer" },
  Numbered: {
    Type: "AWS::S3::Bucket",
    Properties: { BucketName: { "Fn::Sub": "site-${AWS::AccountId}" } },
  },
};

const s3 = { OriginAccessIdentity: "" };

function contentAt(
  DomainName: unknown,
  origin: Json = {
    S3OriginConfig: undefined,
    CustomOriginConfig: { OriginProtocolPolicy: "https-only" },
  },
): OriginContent | undefined {
  const loaded = loadTemplate(
    { resources, origin: { DomainName, ...origin } },
    { originOverrides: new Map() },
  );
  return loaded.distribution.origins.get("site")?.content;
}

const hostOf = (url: unknown): unknown => ({ "Fn::Select": [2, { "Fn::Split": ["/", url] }] });

describe("a host name that only a deployment gives", () => {
  it.each<[string, unknown]>([
    ["of a function URL", hostOf({ "Fn::GetAtt": "Url.FunctionUrl" })],
    ["of an HTTP API", hostOf({ "Fn::GetAtt": "Api.ApiEndpoint" })],
    ["of an HTTP API, by its id", { "Fn::Sub": "${Api}.execute-api.us-east-1.amazonaws.com" }],
    ["of a REST API", { "Fn::Sub": "${Rest}.execute-api.us-east-1.amazonaws.com" }],
    ["of a load balancer", { "Fn::GetAtt": "Balancer.DNSName" }],
    ["of a website endpoint", hostOf({ "Fn::GetAtt": "Bucket.WebsiteURL" })],
  ])("%s is not contacted", (_name, domainName) => {
    expect(contentAt(domainName)).toMatchObject({ kind: "not-deployed" });
  });

  it.each<[string, string]>([
    ["of a bucket without a name", "Bucket"],
    ["of a bucket that is named by an account that is not known", "Numbered"],
  ])("%s is not contacted", (_name, bucket) => {
    const domainName = { "Fn::GetAtt": `${bucket}.RegionalDomainName` };
    expect(contentAt(domainName, { S3OriginConfig: s3 })).toEqual({ kind: "not-deployed" });
  });

  it("is one of its own for a bucket that the template names, and for any other server", () => {
    const domainName = { "Fn::GetAtt": "Named.RegionalDomainName" };
    expect(contentAt(domainName, { S3OriginConfig: s3 })).toEqual({ kind: "none" });
    expect(contentAt("api.example.com")).toEqual({ kind: "none" });
  });
});

describe("content that is passed for a host name", () => {
  const folder: OriginContent = { kind: "folder", path: join(fixtures, "beside-template/site") };

  it("is that of the origin with the name, and of origins that functions choose", () => {
    const originOverrides = new Map([
      ["elsewhere.s3.us-east-1.amazonaws.com", folder],
      ["Other.example.com", folder],
    ]);
    const { distribution, watchedPaths } = loadTemplate({}, { originOverrides });
    expect(distribution.origins.get("site")?.content).toEqual(folder);
    expect(distribution.contentByHost?.get("other.example.com")).toEqual(folder);
    expect(watchedPaths.origins).toEqual([folder.kind === "folder" && folder.path]);
  });

  it("is refused for what is not a host name and no origin", () => {
    const originOverrides = new Map([["other", folder]]);
    expect(refusalOf(() => loadTemplate({}, { originOverrides }))).toBe(
      'Origin is not in the distribution: got "other". There are "site".',
    );
  });
});
