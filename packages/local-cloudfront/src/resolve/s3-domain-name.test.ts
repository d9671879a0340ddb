import { describe, expect, it } from "vitest";
import { parseS3DomainName } from "./s3-domain-name.ts";

describe("the domain name of an S3 endpoint", () => {
  it.each([
    ["site.s3.amazonaws.com", "rest", "site", "us-east-1"],
    ["site.s3.eu-west-1.amazonaws.com", "rest", "site", "eu-west-1"],
    ["site.s3-eu-west-1.amazonaws.com", "rest", "site", "eu-west-1"],
    ["site.s3.dualstack.eu-west-1.amazonaws.com", "rest", "site", "eu-west-1"],
    ["www.example.com.s3.eu-west-1.amazonaws.com", "rest", "www.example.com", "eu-west-1"],
    ["site.s3.cn-north-1.amazonaws.com.cn", "rest", "site", "cn-north-1"],
    ["site.s3-website-us-east-1.amazonaws.com", "website", "site", "us-east-1"],
    ["site.s3-website.eu-central-1.amazonaws.com", "website", "site", "eu-central-1"],
  ])("%s is the %s endpoint of %s in %s", (domainName, kind, bucketName, region) => {
    expect(parseS3DomainName(domainName)).toEqual({ kind, bucketName, region });
  });

  it.each(["www.example.com", "s3.amazonaws.com", "site.s3.amazonaws.com.example.com", ""])(
    "is not %s",
    (domainName) => {
      expect(parseS3DomainName(domainName)).toBeUndefined();
    },
  );
});
