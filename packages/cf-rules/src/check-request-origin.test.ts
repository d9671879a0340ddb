import { describe, expect, it } from "vitest";
import { checkRequestOrigin } from "./check-request-origin.ts";

const refusal = (origin: Readonly<Record<string, unknown>>) =>
  checkRequestOrigin(origin, { requestHeaders: ["accept"], isS3: false, hasAccessControl: false });

describe("FN-I-49: what updateRequestOrigin takes", () => {
  it.each([
    {},
    { domainName: "origin.example.com", originPath: "/a", hostHeader: "example.com" },
    { originPath: "", connectionAttempts: 3, customHeaders: { "x-a": "b" } },
    { timeouts: { readTimeout: 120, responseCompletionTimeout: 120, connectionTimeout: 1 } },
    { originAccessControlConfig: { enabled: true, signingBehavior: "always", originType: "s3" } },
    { customOriginConfig: { port: 8443, protocol: "https", sslProtocols: ["TLSv1.2"] } },
    { originShield: { enabled: false } },
    { originShield: { enabled: true, region: "eu-central-1" } },
    { sni: "origin.example.com", allowedCertificateNames: ["*.example.com"] },
    {
      domainName: "origin.example.com",
      customOriginConfig: {
        port: 443,
        protocol: "https",
        sslProtocols: ["TLSv1.2"],
        ipAddressType: "dualstack",
      },
    },
    { allowedCertificateNames: Array.from({ length: 20 }, () => "a".repeat(64)) },
  ])("%j is allowed", (origin) => {
    expect(refusal(origin)).toBeUndefined();
  });

  it.each([
    [{ domainName: "a:80" }, "domainName"],
    [{ domainName: "192.0.2.1" }, "domainName"],
    [{ domainName: `${"a".repeat(250)}.com` }, "domainName"],
    [{ originPath: "a" }, "originPath"],
    [{ originPath: "/a/" }, "originPath"],
    [{ connectionAttempts: 4 }, "connectionAttempts"],
    [{ timeouts: { readTimeout: 121 } }, "timeouts.readTimeout"],
    [
      { timeouts: { readTimeout: 20, responseCompletionTimeout: 10 } },
      "timeouts.responseCompletionTimeout",
    ],
    [{ timeouts: { connectionTimeout: 11 } }, "timeouts.connectionTimeout"],
    [{ customHeaders: { "X-A": "b" } }, "customHeaders"],
    [{ customHeaders: { accept: "b" } }, "customHeaders"],
    [{ timeouts: 5 }, "timeouts"],
    [{ customOriginConfig: { port: 22 } }, "customOriginConfig.port"],
    [{ customOriginConfig: { protocol: "ftp" } }, "customOriginConfig.protocol"],
    [{ customOriginConfig: { port: 80, protocol: "http" } }, "customOriginConfig"],
    [
      {
        customOriginConfig: {
          port: 80,
          protocol: "http",
          sslProtocols: [],
          ipAddressType: "ipv6",
        },
      },
      "customOriginConfig.ipAddressType",
    ],
    [
      { domainName: "a.example", customOriginConfig: { ipAddressType: "ipv5" } },
      "customOriginConfig.ipAddressType",
    ],
    [{ originShield: { region: "us-east-1" } }, "originShield"],
    [{ originShield: { enabled: true } }, "originShield"],
    [{ originShield: { enabled: true, region: "Frankfurt" } }, "originShield.region"],
    [{ originShield: { enabled: "yes" } }, "originShield.enabled"],
    [{ originAccessControlConfig: { originType: "s3" } }, "originAccessControlConfig"],
    [{ sni: "a.example:443" }, "sni"],
    [{ sni: "192.0.2.1" }, "sni"],
    [{ sni: "a".repeat(254) }, "sni"],
    [{ allowedCertificateNames: ["a".repeat(65)] }, "allowedCertificateNames"],
    [{ allowedCertificateNames: Array.from({ length: 21 }, () => "a") }, "allowedCertificateNames"],
  ])("%j is an invalid value for origin rewrite", (origin, path) => {
    expect(refusal(origin)).toMatchObject({
      factId: "FN-I-49",
      viewerText: "The CloudFront function returned an invalid value for origin rewrite.",
      detail: expect.stringContaining(`The origin that the function chose is refused: ${path} `),
    });
  });

  it.each(["hostHeader", "sni", "allowedCertificateNames"])(
    "FN-I-49: %s is for origins that are no S3 bucket",
    (name) => {
      const scope = { requestHeaders: [], isS3: true, hasAccessControl: false };
      expect(checkRequestOrigin({ [name]: "a.example" }, scope)?.detail).toMatch(
        /is for origins that are no S3 bucket/,
      );
    },
  );

  it("FN-I-30: hostHeader is refused together with origin access control", () => {
    const origin = { hostHeader: "a.example", originAccessControlConfig: { enabled: true } };
    expect(refusal(origin)).toMatchObject({ factId: "FN-I-30" });
  });
});
