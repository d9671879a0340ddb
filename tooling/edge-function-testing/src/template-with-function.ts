/** A distribution in front of one origin, `site`, with one function on its one cache behavior. */
export interface DistributionWithFunction {
  /**
   * The function's code: of a Lambda function a folder beside the template, or `{ ZipFile }` with its source; of a
   * CloudFront Function `{ FunctionCode }`.
   */
  readonly code: string | { readonly ZipFile: string } | { readonly FunctionCode: string };
  /**
   * Whether a CloudFront Function has a key value store, `store`.
   * @default false
   */
  readonly hasStore?: boolean;
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
  const { code, hasStore = false, eventType, cacheBehavior, resources } = distribution;
  const { distributionConfig, distributionMetadata } = distribution;
  const isScript = typeof code === "object" && "FunctionCode" in code;
  return {
    Resources: {
      ...resources,
      ...(isScript ? cloudFrontFunction(code.FunctionCode, hasStore) : lambdaFunction(code)),
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
              ...(isScript ? scriptAssociation(eventType) : lambdaAssociation(eventType)),
            },
            ...distributionConfig,
          },
        },
      },
    },
  };
}

function lambdaFunction(code: unknown): object {
  return {
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
  };
}

function lambdaAssociation(eventType: string): object {
  const association = { EventType: eventType, LambdaFunctionARN: { Ref: "FunctionVersion" } };
  return { LambdaFunctionAssociations: [association] };
}

function cloudFrontFunction(code: string, hasStore: boolean): object {
  const stores = [{ KeyValueStoreARN: { "Fn::GetAtt": ["Store", "Arn"] } }];
  return {
    ...(hasStore && {
      Store: { Type: "AWS::CloudFront::KeyValueStore", Properties: { Name: "store" } },
    }),
    Function: {
      Type: "AWS::CloudFront::Function",
      Properties: {
        Name: "function",
        AutoPublish: true,
        FunctionCode: code,
        FunctionConfig: {
          Comment: "",
          Runtime: "cloudfront-js-2.0",
          ...(hasStore && { KeyValueStoreAssociations: stores }),
        },
      },
    },
  };
}

function scriptAssociation(eventType: string): object {
  const FunctionARN = { "Fn::GetAtt": ["Function", "FunctionARN"] };
  return { FunctionAssociations: [{ EventType: eventType, FunctionARN }] };
}
