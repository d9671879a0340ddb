/** A distribution in front of one origin, `site`, with one function on its one cache behavior. */
export interface DistributionWithFunction {
  /** The function's `Code`: a folder beside the template, or `{ ZipFile }` with its source. */
  readonly code: string | { readonly ZipFile: string };
  readonly eventType: string;
  /** What the cache behavior says besides. */
  readonly cacheBehavior: object;
  /** What the distribution's config says besides. */
  readonly distributionConfig?: object;
  /** Of the distribution, for the local CloudFront. */
  readonly distributionMetadata?: object;
  /** What the template holds besides, by logical id. */
  readonly resources?: object;
}

/** Returns the template of a distribution with a function. */
export function templateWithFunction(distribution: DistributionWithFunction): object {
  const { code, eventType, cacheBehavior, resources } = distribution;
  const { distributionConfig, distributionMetadata } = distribution;
  return {
    Resources: {
      ...resources,
      Function: {
        Type: "AWS::Lambda::Function",
        Properties: {
          Runtime: "nodejs24.x",
          Handler: "index.handler",
          Code: code,
          Role: "arn:aws:iam::123456789012:role/edge",
          Timeout: 5,
          MemorySize: 128,
        },
      },
      FunctionVersion: {
        Type: "AWS::Lambda::Version",
        Properties: { FunctionName: { Ref: "Function" } },
      },
      Distribution: {
        Type: "AWS::CloudFront::Distribution",
        Metadata: distributionMetadata,
        Properties: {
          DistributionConfig: {
            Enabled: true,
            Origins: [
              {
                Id: "site",
                DomainName: "site.example.com",
                CustomOriginConfig: { OriginProtocolPolicy: "http-only" },
              },
            ],
            DefaultCacheBehavior: {
              TargetOriginId: "site",
              ...cacheBehavior,
              LambdaFunctionAssociations: [
                { EventType: eventType, LambdaFunctionARN: { Ref: "FunctionVersion" } },
              ],
            },
            ...distributionConfig,
          },
        },
      },
    },
  };
}
