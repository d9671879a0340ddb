import { join, resolve } from "node:path";
import {
  type AssemblyStack,
  type CloudAssembly,
  CloudAssemblyError,
  type JsonObject,
} from "cloud-assembly";
import type { CacheBehavior } from "../../src/distribution/distribution.ts";
import {
  loadDistribution,
  type LoadDistributionOptions,
  type LoadedDistribution,
} from "../../src/resolve/load-distribution.ts";

/** A part of a template. */
export type Json = Readonly<Record<string, unknown>>;

/** The folder of the fixtures. */
export const fixtures = resolve(import.meta.dirname, "../fixtures");

/** The managed policy that templates of tests name where it does not matter which. */
export const cachingOptimized = "658327ea-f89d-4fab-a63d-7e88639e58f6";

/** What a template has instead of, or beside, what it always has. */
export interface TemplateChanges {
  /** Members of the default cache behavior; undefined removes one. */
  readonly behavior?: Json;
  /** Members of the distribution's configuration; undefined removes one. */
  readonly config?: Json;
  /** Members of the only origin; undefined removes one. */
  readonly origin?: Json;
  readonly resources?: Json;
  /** Other sections, as in `Parameters`. */
  readonly sections?: Json;
}

/** Returns a template with a distribution, as small as one can be, and what a test changes in it. */
export function siteTemplate(changes: TemplateChanges = {}): Json {
  return {
    ...changes.sections,
    Resources: {
      ...changes.resources,
      Distribution: {
        Type: "AWS::CloudFront::Distribution",
        Properties: {
          DistributionConfig: {
            Enabled: true,
            Origins: [
              {
                Id: "site",
                DomainName: "elsewhere.s3.us-east-1.amazonaws.com",
                S3OriginConfig: { OriginAccessIdentity: "" },
                ...changes.origin,
              },
            ],
            DefaultCacheBehavior: {
              TargetOriginId: "site",
              ViewerProtocolPolicy: "allow-all",
              CachePolicyId: cachingOptimized,
              ...changes.behavior,
            },
            ...changes.config,
          },
        },
      },
    },
  };
}

/** Returns a bucket policy that lets somebody read all objects. */
export function readableBy(principal: unknown, bucket = "Bucket"): Json {
  return {
    Type: "AWS::S3::BucketPolicy",
    Properties: {
      Bucket: { Ref: bucket },
      PolicyDocument: {
        Statement: {
          Effect: "Allow",
          Principal: principal,
          Action: "s3:GetObject",
          Resource: { "Fn::Sub": `\${${bucket}.Arn}/*` },
        },
      },
    },
  };
}

/** Returns a stack whose template lies among the files of the fixture `beside-template`. */
export function stackOf(template: JsonObject, changes: Partial<AssemblyStack> = {}): AssemblyStack {
  const folder = join(fixtures, "beside-template");
  return {
    id: changes.name ?? "site",
    name: "site",
    displayName: "site",
    account: undefined,
    region: undefined,
    templateFile: join(folder, "template.yaml"),
    folder,
    template,
    assets: [],
    constructs: new Map(),
    source: "template",
    acknowledgements: [],
    warnings: [],
    ...changes,
  };
}

/** Returns an assembly of stacks. */
export function assemblyOf(...stacks: readonly AssemblyStack[]): CloudAssembly {
  const folder = join(fixtures, "beside-template");
  return { path: folder, folder, stacks };
}

/** Resolves the distribution of a template made by `siteTemplate`. */
export function loadTemplate(
  changes: TemplateChanges = {},
  options: LoadDistributionOptions = {},
): LoadedDistribution {
  const overrides = new Map([
    ["site", { kind: "folder", path: join(fixtures, "beside-template/site") }],
  ] as const);
  return loadDistribution(assemblyOf(stackOf(siteTemplate(changes))), {
    originOverrides: overrides,
    ...options,
  });
}

/** Returns the default cache behavior of a template made by `siteTemplate`. */
export function behaviorOf(behavior: Json, resources: Json = {}): CacheBehavior | undefined {
  return loadTemplate({ behavior, resources }).distribution.cacheBehaviors[0];
}

/** Returns what a person reads when something is refused: message and fact, folders shortened. */
export function refusalOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (!(error instanceof CloudAssemblyError)) throw error;
    const fact = error.factId === undefined ? "" : ` [${error.factId}]`;
    return `${error.message.replaceAll(fixtures, "<fixtures>")}${fact}`;
  }
  throw new Error("Nothing was refused.");
}

/** Returns the refusals of a table of mistakes, by the mistake's name. */
export function refusalsOf<Mistake>(
  mistakes: Readonly<Record<string, Mistake>>,
  action: (mistake: Mistake) => unknown,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(mistakes).map(([name, mistake]) => [name, refusalOf(() => action(mistake))]),
  );
}
