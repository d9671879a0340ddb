import type { CustomOrigin, S3Origin } from "../../src/distribution/origins.ts";

const base = {
  path: "",
  customHeaders: [],
  connectionAttempts: 3,
  connectionTimeoutSeconds: 10,
  readTimeoutSeconds: 30,
  responseCompletionTimeoutSeconds: 0,
  originShieldEnabled: false,
  content: { kind: "none" },
} as const;

/** A private bucket that CloudFront reads through OAC, without s3:ListBucket. */
export function sampleS3Origin(changes: Partial<S3Origin> = {}): S3Origin {
  return {
    ...base,
    kind: "s3",
    id: "site",
    domainName: "site-bucket.s3.eu-west-3.amazonaws.com",
    access: { kind: "origin-access-control", signingBehavior: "always" },
    region: "eu-west-3",
    bucketLogicalId: "SiteBucket",
    mayGetObject: true,
    mayListBucket: false,
    ...changes,
  };
}

/** A web server that is contacted over HTTPS. */
export function sampleCustomOrigin(changes: Partial<CustomOrigin> = {}): CustomOrigin {
  return {
    ...base,
    kind: "custom",
    id: "api",
    domainName: "api.example.test",
    protocolPolicy: "https-only",
    httpPort: 80,
    httpsPort: 443,
    sslProtocols: ["TLSv1.2"],
    keepaliveTimeoutSeconds: 5,
    ...changes,
  };
}
