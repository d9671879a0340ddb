import { refuseInvalidEdgeConfig } from "./refuse-invalid-edge-config.ts";

/** One function package of the site. */
export interface EdgeFunctionConfig {
  /** The npm name of the package, as in `spa-rewrite`. */
  readonly package: string;
  /** What the package's own compile function made of the options: plain JSON, stored as config.json. */
  readonly config: object;
  /**
   * The path patterns of the cache behaviors that run the function: `*` for the default one, and the
   * `hashedAssetsPattern`.
   *
   * @default - every cache behavior for a viewer-response function, `*` alone for all others: a hashed
   *   asset needs no rewrite and no redirect, and each invocation costs.
   */
  readonly pathPatterns?: readonly string[];
}

/** A path that shows what the site and its functions do. */
export interface TryOutConfig {
  /** Starts with `/`. */
  readonly uri: string;
  /** What there is to see, in a few words. */
  readonly shows: string;
}

/** A domain of one's own in place of `d….cloudfront.net`. */
export interface DomainConfig {
  /** As in `["notes.example.com"]`. */
  readonly names: readonly string[];
  /** The certificate in AWS Certificate Manager that covers all of them, in us-east-1. */
  readonly certificateArn: string;
}

/** The site and its functions, as a user writes them in edge.config.ts. */
export interface EdgeConfig {
  /** The name of the CloudFormation stack: a letter, then letters, digits and hyphens. */
  readonly stackName: string;
  /** The built site, relative to edge.config.ts. Its `index.html` is the root of the distribution. */
  readonly siteFolder: string;
  /**
   * The path pattern of files whose names change with their content, and which are cached for a year.
   * @default "/assets/*"
   */
  readonly hashedAssetsPattern?: string;
  readonly functions: readonly EdgeFunctionConfig[];
  /** @default - the distribution is reached at its `d….cloudfront.net` name. */
  readonly domain?: DomainConfig;
  /**
   * What the local CloudFront suggests to try, at start.
   * @default - nothing
   */
  readonly tryOut?: readonly TryOutConfig[];
}

/** The same with nothing left open. */
export interface ResolvedEdgeConfig extends Required<Omit<EdgeConfig, "domain">> {
  readonly domain: DomainConfig | undefined;
}

/**
 * Returns the configuration with its defaults.
 *
 * @throws {InfraError} `INVALID_CONFIG` when a key is unknown or a value is not valid.
 */
export function defineEdgeConfig(config: EdgeConfig): ResolvedEdgeConfig {
  refuseInvalidEdgeConfig(config);
  const { stackName, siteFolder, hashedAssetsPattern = "/assets/*", functions, domain } = config;
  const { tryOut = [] } = config;
  return { stackName, siteFolder, hashedAssetsPattern, functions, domain, tryOut };
}
