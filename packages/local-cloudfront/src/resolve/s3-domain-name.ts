/** What the domain name of an S3 endpoint says. */
export interface S3DomainName {
  /** `rest`: the bucket's own endpoint; `website`: its static website (a custom origin, CF-H-15). */
  readonly kind: "rest" | "website";
  readonly bucketName: string;
  readonly region: string;
}

const websiteEndpoint = /^(.+)\.s3-website[.-]([a-z0-9-]+)\.amazonaws\.com(?:\.cn)?$/;
const restEndpoint = /^(.+)\.s3(?:\.dualstack)?(?:[.-]([a-z0-9-]+))?\.amazonaws\.com(?:\.cn)?$/;

/**
 * Reads the domain name of an S3 endpoint; undefined where it is none.
 *
 * @see https://docs.aws.amazon.com/general/latest/gr/s3.html
 */
export function parseS3DomainName(domainName: string): S3DomainName | undefined {
  const website = websiteEndpoint.exec(domainName);
  const [, bucketName, region] = website ?? restEndpoint.exec(domainName) ?? [];
  if (bucketName === undefined) return undefined;
  // The global endpoint is that of us-east-1.
  return { kind: website ? "website" : "rest", bucketName, region: region ?? "us-east-1" };
}
