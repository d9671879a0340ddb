import { cpSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

const { resolve } = createRequire(import.meta.url);

/** A distribution in front of one origin, `site`, with one function on its one cache behavior. */
export interface DistributionWithFunction {
  /** The package whose built artefact runs. */
  readonly functionPackage: string;
  /** What its compile function returned. */
  readonly config: object;
  readonly eventType: string;
  /** What the cache behavior says besides. */
  readonly cacheBehavior: object;
  /** What the distribution's config says besides. */
  readonly distributionConfig?: object;
  /** What the template holds besides, by logical id. */
  readonly resources?: object;
}

/** Writes a template into a folder, the function's asset beside it, and returns the template's path. */
export function writeDistribution(folder: string, distribution: DistributionWithFunction): string {
  const asset = join(folder, "asset");
  const artefact = dirname(resolve(`${distribution.functionPackage}/lambda`));
  cpSync(artefact, asset, { recursive: true });
  writeFileSync(join(asset, "config.json"), JSON.stringify(distribution.config));
  const template = join(folder, "template.json");
  writeFileSync(template, JSON.stringify(templateOf(distribution)));
  return template;
}

function templateOf(distribution: DistributionWithFunction): object {
  const { eventType, cacheBehavior, distributionConfig, resources } = distribution;
  return {
    Resources: {
      ...resources,
      Function: {
        Type: "AWS::Lambda::Function",
        Properties: {
          Runtime: "nodejs24.x",
          Handler: "index.handler",
          Code: "./asset",
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
