import type { ContentTypeRules, SiteFileRules } from "cf-site-files";
import type { EdgeEngine, EventType } from "cf-types";
import { resolveTraffic, type TrafficConfig } from "../cost/traffic-config.ts";
import type { BehaviorConfig } from "./behavior-config.ts";
import type { CacheKeyConfig } from "./cache-key-config.ts";
import type { ErrorPageConfig } from "./error-page-config.ts";
import { type ReleasesConfig, type ResolvedReleases, resolveReleases } from "./releases-config.ts";
import { type ResolvedStageConfig, resolveStages, type StageConfig } from "./stage-config.ts";
import { refuseBeyondPlan } from "./refuse-beyond-plan.ts";
import { refuseInvalidEdgeConfig } from "./refuse-invalid-edge-config.ts";
import { withoutUndefined } from "./setting-checks.ts";

/** One function package of the site. */
export interface EdgeFunctionConfig {
  /** The npm name of the package, as in `spa-rewrite`. */
  readonly package: string;
  /**
   * The package's options, as in `{ preset: "spa" }`, which it compiles at synth. Or what its compile function made of
   * them: plain JSON, stored as config.json. Or a function that compiles them for the site at synth: it gets the
   * absolute path of a copy, which it may change, and the copy is deployed.
   */
  readonly config: object | ((siteFolder: string, site: CompiledForSite) => object);
  /**
   * What the package's check at synth fails on, as in `{ minObservatoryScore: 130 }`.
   * @default - only on what cannot work
   */
  readonly limits?: Readonly<Record<string, unknown>>;
  /**
   * On which engine it runs.
   * @default - the site's `engine`
   */
  readonly engine?: EdgeEngine;
  /**
   * At which event it runs, one of those that its package is built for.
   * @default - what its options choose, else the first that the package names for the engine
   */
  readonly eventType?: EventType;
  /**
   * The path patterns of the cache behaviors that run the function: `*` for the default one, the
   * `hashedAssetsPattern`, and those of `behaviors`.
   *
   * @default - every cache behavior for a function of a response event, `*` alone for all others: a hashed
   *   asset needs no rewrite and no redirect, and each invocation costs.
   */
  readonly pathPatterns?: readonly string[];
}

/** What a function that compiles options learns about the site, beside its folder. */
export type CompiledForSite = Required<Pick<EdgeConfig, "contentTypes">>;

/** A path that shows what the site and its functions do. */
export interface TryOutConfig {
  /** Starts with `/`. */
  readonly uri: string;
  /** What it shows, in a few words. */
  readonly shows: string;
}

/** What the live site responds with once it is deployed; anything else ends the deploy. */
export interface LiveCheckConfig {
  /** Starts with `/`. */
  readonly uri: string;
  readonly status: number;
  /**
   * The value of each header by its name; `"*"` stands for any value.
   * @default - none
   */
  readonly headers?: Readonly<Record<string, string>>;
}

/** The site and its functions, as a user writes them in edge.config.ts. */
export interface EdgeConfig {
  /** The name of the CloudFormation stack: a letter, then letters, digits and hyphens. */
  readonly stackName: string;
  /** The built site, relative to edge.config.ts. Its `index.html` is the root of the distribution. */
  readonly siteFolder: string;
  /**
   * Which of the folder's files are published otherwise than by default, as in
   * `{ include: ["downloads/*.sql"], exclude: ["assets/*.map"] }`: globs, relative to the folder.
   * @default - all but hidden files (`.well-known` stays), private keys, databases, dumps, backups and
   *   `node_modules`
   */
  readonly siteFiles?: SiteFileRules;
  /**
   * The Content-Types of files that get another one than that of their names, by glob, as in
   * `{ feed: "application/rss+xml", "models/*.glb": "model/gltf-binary" }`. The first that matches counts.
   * Text whose bytes are UTF-8 gets `charset=utf-8` besides.
   * @default - by the names' extensions
   */
  readonly contentTypes?: ContentTypeRules;
  /**
   * The path pattern of files whose names change with their content, and which are cached for a year: those
   * with a hash in their name. Others there are cached as all files are.
   * @default "/assets/*"
   */
  readonly hashedAssetsPattern?: string;
  /** Where several run at one event of a cache behavior, a request goes through them in this order. */
  readonly functions: readonly EdgeFunctionConfig[];
  /**
   * On which engine functions of viewer events run that do not say themselves.
   * @default - a CloudFront Function wherever a package can be one, and its neighbours are too
   */
  readonly engine?: EdgeEngine;
  /**
   * What the estimate of costs at synth assumes.
   * @default - as `TrafficConfig` says
   */
  readonly traffic?: TrafficConfig;
  /**
   * What the documents' cache key has beside the path; hashed assets have their path alone.
   * @default - nothing: all viewers share one document
   */
  readonly cacheKey?: CacheKeyConfig;
  /**
   * Cache behaviors beside that of documents and that of hashed assets, as of an API.
   * @default []
   */
  readonly behaviors?: readonly BehaviorConfig[];
  /**
   * The page for what the site does not have, with status 404; `false` for none, which shows the XML of S3.
   * @default - `/404.html` where the site has it, else its document; none where `behaviors` have other origins, whose
   *   own 404s it would replace
   */
  readonly notFoundPage?: string | false;
  /**
   * Pages for other errors. CloudFront has them for the whole distribution, an API's errors included.
   * @default []
   */
  readonly errorPages?: readonly ErrorPageConfig[];
  /**
   * Whether each deploy publishes the site under a release of its own and then switches to it, and which releases stay:
   * `rollback` switches back to one of them in seconds. It takes a CloudFront Function at viewer request, with a key
   * value store.
   * @default - where functions at viewer events run on CloudFront Functions, and the plan takes cache policies
   */
  readonly releases?: ReleasesConfig | boolean;
  /**
   * How many days a hashed asset stays in the bucket after the site has dropped it, so that open tabs keep
   * working.
   * @default 30
   */
  readonly replacedAssetsDays?: number;
  /**
   * What the local CloudFront suggests to try, at start.
   * @default - the paths of `liveChecks`
   */
  readonly tryOut?: readonly TryOutConfig[];
  /**
   * What `deploy` asks: first of the site as it runs on this machine, before it changes anything, then of the live
   * site.
   * @default - `/` responds with status 200
   */
  readonly liveChecks?: readonly LiveCheckConfig[];
  /**
   * The deployments of the site by name. The first one is taken where none is named, and is the one that
   * the local CloudFront serves.
   * @default - `dev`, with a stage's defaults
   */
  readonly stages?: Readonly<Record<string, StageConfig>>;
}

/** The same with its defaults. */
export interface ResolvedEdgeConfig extends Required<
  Omit<EdgeConfig, "stages" | "engine" | "traffic" | "notFoundPage" | "releases">
> {
  /** Undefined where the site's files decide. */
  readonly notFoundPage: string | false | undefined;
  /** Undefined where it is chosen. */
  readonly engine: EdgeEngine | undefined;
  readonly traffic: Required<TrafficConfig>;
  readonly releases: ResolvedReleases | false;
  /** In their order; there is one at least. */
  readonly stages: readonly ResolvedStageConfig[];
}

const defaults = {
  siteFiles: {},
  contentTypes: {},
  hashedAssetsPattern: "/assets/*",
  replacedAssetsDays: 30,
  cacheKey: {},
  behaviors: [],
  errorPages: [],
  liveChecks: [{ uri: "/", status: 200 }],
  stages: { dev: {} },
} satisfies Partial<EdgeConfig>;

/**
 * Returns the configuration with its defaults.
 *
 * @throws {EdgeSiteError} `INVALID_CONFIG` when a key is unknown or a value is not valid.
 */
export function defineEdgeConfig(config: EdgeConfig): ResolvedEdgeConfig {
  refuseInvalidEdgeConfig(config);
  refuseBeyondPlan(config);
  const given = { ...defaults, ...withoutUndefined(config) };
  return {
    engine: undefined,
    notFoundPage: undefined,
    tryOut: given.liveChecks.map(({ uri, status }) => ({ uri, shows: String(status) })),
    ...given,
    traffic: resolveTraffic(given.traffic),
    releases: resolveReleases(given.releases),
    stages: resolveStages(given.stages, given.stackName),
  };
}
