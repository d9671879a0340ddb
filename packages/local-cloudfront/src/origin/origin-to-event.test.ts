import { describe, expect, it } from "vitest";
import { sampleCustomOrigin, sampleS3Origin } from "../../test/samples/origin.ts";
import { originToEvent } from "./origin-to-event.ts";

describe("an origin in an event", () => {
  it("LE-B-30: a custom origin has all of its fields", () => {
    const origin = sampleCustomOrigin({
      path: "/v1",
      customHeaders: [{ name: "X-Origin-Verify", value: "secret" }],
      responseCompletionTimeoutSeconds: 60,
      sslProtocols: ["TLSv1.2", "TLSv1.3"],
    });
    expect(originToEvent(origin)).toEqual({
      custom: {
        customHeaders: { "x-origin-verify": [{ key: "X-Origin-Verify", value: "secret" }] },
        domainName: "api.example.test",
        keepaliveTimeout: 5,
        path: "/v1",
        port: 443,
        protocol: "https",
        readTimeout: 30,
        responseCompletionTimeout: 60,
        sslProtocols: ["TLSv1.2"],
      },
    });
  });

  it.each([
    ["http-only", "https", "http", 8080],
    ["https-only", "http", "https", 8443],
    ["match-viewer", "http", "http", 8080],
    ["match-viewer", "https", "https", 8443],
  ] as const)(
    "%s with a viewer on %s speaks %s on %i",
    (protocolPolicy, viewer, protocol, port) => {
      const origin = sampleCustomOrigin({ protocolPolicy, httpPort: 8080, httpsPort: 8443 });
      expect(originToEvent(origin, viewer).custom).toMatchObject({ protocol, port });
    },
  );

  it("LE-B-31, LE-B-32: an S3 origin with OAC has authMethod none and no region", () => {
    expect(originToEvent(sampleS3Origin())).toEqual({
      s3: {
        authMethod: "none",
        customHeaders: {},
        domainName: "site-bucket.s3.eu-west-3.amazonaws.com",
        path: "",
        readTimeout: 30,
        responseCompletionTimeout: 0,
      },
    });
  });

  it("LE-B-39: an S3 origin with an origin access identity names its region", () => {
    const origin = sampleS3Origin({ access: { kind: "origin-access-identity" } });
    expect(originToEvent(origin).s3).toMatchObject({
      authMethod: "origin-access-identity",
      region: "eu-west-3",
    });
  });
});
