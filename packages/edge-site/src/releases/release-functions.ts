import { compileReleaseSelect } from "release-select";
import type { KeyValue } from "cf-types";
import {
  type DeployedFunction,
  siteFunctions,
  type SiteFunctions,
} from "../artefact/deployed-functions.ts";
import {
  defaultPathPattern,
  type FunctionInFront,
  type PlacementOptions,
} from "../artefact/placed-functions.ts";
import { mostCacheKeyNames } from "../config/cache-key-config.ts";
import type { ResolvedEdgeConfig } from "../config/edge-config.ts";
import { invalid } from "../config/setting-checks.ts";
import type { ResolvedStageConfig } from "../config/stage-config.ts";
import { EdgeSiteError } from "../edge-site-error.ts";
import { compilePlainOptions } from "../site/function-options.ts";
import type { CompiledFunctionConfig } from "../site/prepare-site.ts";
import { releaseHeader, releasesFolder } from "./release-layout.ts";

/** Functions of a site, whose live release is in a key value store. */
export interface ReleaseFunctions extends SiteFunctions {
  /** What the functions' store has at first: the releases', and what of functions' options is there. */
  readonly keyValues: readonly KeyValue[];
}

/** What a stage has of functions. */
export interface StageFunctions {
  /** With releases where the stage has them. */
  readonly functions: SiteFunctions | ReleaseFunctions;
  /** Why the stage has no releases though nothing forbids them; undefined where it has some, or shall have none. */
  readonly noReleases: string | undefined;
}

/** The parts of a configuration that decide. */
type ReleaseConfig = Pick<
  ResolvedEdgeConfig,
  "releases" | "behaviors" | "hashedAssetsPattern" | "cacheKey"
>;
type ReleaseStage = Pick<ResolvedStageConfig, "name" | "plan" | "previews">;

/**
 * Returns the functions of a stage, with the one that selects the release in front where the stage can have it.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG` when releases or previews are asked for and cannot be, or as `siteFunctions`.
 */
export function stageFunctions(
  config: ReleaseConfig,
  stage: ReleaseStage,
  functions: readonly CompiledFunctionConfig[],
  options: PlacementOptions,
): StageFunctions {
  const without = siteFunctions(functions, options);
  const { releases } = config;
  if (releases === false) {
    if (stage.previews !== undefined) throw refused(stage, "releases is false");
    return { functions: without, noReleases: undefined };
  }
  const isRequired = releases.isRequired || stage.previews !== undefined;
  const obstacle = obstacleTo(config, stage, without.deployed);
  if (obstacle !== undefined) {
    if (isRequired) throw refused(stage, obstacle);
    return { functions: without, noReleases: obstacle };
  }
  try {
    return { functions: withReleases(config, stage, functions, options), noReleases: undefined };
  } catch (error) {
    // What does not fit beside the function of the releases fits without it, as is known by now.
    if (isRequired || !(error instanceof EdgeSiteError)) throw error;
    return { functions: without, noReleases: error.message };
  }
}

function withReleases(
  config: ReleaseConfig,
  stage: ReleaseStage,
  functions: readonly CompiledFunctionConfig[],
  options: PlacementOptions,
): ReleaseFunctions {
  const inFront = [
    ...previewFunctions(stage, options),
    releaseSelect(releasePathPatterns(config), stage.previews),
  ];
  const all = siteFunctions(functions, { ...options, inFront });
  return { ...all, keyValues: storeOf(all.deployed) };
}

/** The cache behaviors whose files a release has. Those of hashed assets are shared by all releases. */
function releasePathPatterns({ behaviors }: ReleaseConfig): readonly string[] {
  const ofSite = behaviors.filter(({ origin }) => origin === "site");
  return [defaultPathPattern, ...ofSite.map(({ pathPattern }) => pathPattern)];
}

function releaseSelect(
  pathPatterns: readonly string[],
  previews: ReleaseStage["previews"],
): FunctionInFront {
  return {
    subject: "releases",
    package: "release-select",
    config: compileReleaseSelect({
      originPath: `/${releasesFolder}`,
      header: releaseHeader,
      ...(previews && {
        previews: previews.domain === undefined ? {} : { domain: previews.domain },
      }),
    }),
    engine: "cloudfront-function",
    engineReason: "the live release is in a key value store",
    pathPatterns,
    resolveFrom: import.meta.filename,
  };
}

/** Who may see previews: each cache behavior asks. */
function previewFunctions(
  { name, previews }: ReleaseStage,
  { knownPathPatterns, resolveFrom }: PlacementOptions,
): readonly FunctionInFront[] {
  if (previews === undefined || previews.users === false) return [];
  const subject = `stages.${name}.previews.users`;
  const packageName = "edge-auth";
  const config = { rules: [{ basic: { users: previews.users } }] };
  return [
    {
      subject,
      package: packageName,
      config: compilePlainOptions({ subject, packageName, config }, resolveFrom),
      engine: "cloudfront-function",
      engineReason: "previews have releases",
      pathPatterns: knownPathPatterns,
    },
  ];
}

function obstacleTo(
  config: ReleaseConfig,
  stage: ReleaseStage,
  deployed: readonly DeployedFunction[],
): string | undefined {
  if (stage.plan === "flat-rate") {
    return `stages.${stage.name}.plan is "flat-rate", which takes no cache policy with the release in the cache key`;
  }
  if (config.hashedAssetsPattern === "/*") {
    return 'hashedAssetsPattern is "/*", whose cache behavior leaves no request for a release';
  }
  const { headers = [] } = config.cacheKey;
  if (headers.length >= mostCacheKeyNames) {
    return `cacheKey.headers has ${headers.length} names, so that there is no room for that of the release`;
  }
  const at = config.behaviors.findIndex(
    ({ origin, cachePolicy }) => origin === "site" && cachePolicy !== undefined,
  );
  if (at >= 0) {
    return `behaviors[${at}] has a cachePolicy of its own, without the release in the cache key`;
  }
  const patterns = releasePathPatterns(config);
  const lambda = deployed.find(
    ({ engine, eventType, pathPatterns }) =>
      engine === "lambda-edge" &&
      eventType.startsWith("viewer-") &&
      pathPatterns.some((pattern) => patterns.includes(pattern)),
  );
  if (lambda === undefined) return undefined;
  const names = lambda.members.map(({ packageName }) => packageName).join(", ");
  return `${names} runs on Lambda@Edge at ${lambda.eventType}, beside which CloudFront runs no CloudFront Function`;
}

/** One store for all functions: a switch is one write. */
function storeOf(deployed: readonly DeployedFunction[]): readonly KeyValue[] {
  const data = new Map<string, string>();
  for (const { asset } of deployed) {
    if (asset.engine !== "cloudfront-function" || !asset.readsStore) continue;
    for (const { key, value } of asset.keyValues ?? []) {
      const other = data.get(key);
      if (other !== undefined && other !== value) {
        throw invalid(
          `releases takes one key value store for all functions, and two have other data under one key: got ${JSON.stringify(key)}. Set releases to false, or give both functions the same options.`,
        );
      }
      data.set(key, value);
    }
  }
  return [...data].map(([key, value]) => ({ key, value }));
}

function refused({ name, previews }: ReleaseStage, obstacle: string): EdgeSiteError {
  return previews === undefined
    ? invalid(`releases cannot be true: ${obstacle}. Set releases to false, or change that.`)
    : invalid(
        `stages.${name}.previews needs releases, which the stage cannot have: ${obstacle}. Leave previews out, or change that.`,
      );
}
