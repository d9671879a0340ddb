import type { PreviewsConfig } from "./previews-config.ts";
import { withoutUndefined } from "./setting-checks.ts";

/** Which edge locations serve viewers, as CloudFront names the choice: fewer of them cost less. */
export type PriceClass = "PriceClass_100" | "PriceClass_200" | "PriceClass_All";

/** A Node.js runtime of Lambda that functions may run on. */
export type EdgeRuntime = "nodejs24.x" | "nodejs22.x";

/** How CloudFront is paid for (FN-I-58). */
export type PricingPlan = "flat-rate" | "pay-as-you-go";

/** A domain of one's own in place of `d….cloudfront.net`. */
export interface DomainConfig {
  /** As in `["notes.example.com"]`. */
  readonly names: readonly string[];
  /** The certificate in AWS Certificate Manager that covers all of them, in us-east-1. */
  readonly certificateArn: string;
}

/** The distribution's standard access logs, in a bucket of their own. */
export interface AccessLogsConfig {
  /** How many days each log file is kept. */
  readonly retentionDays: number;
}

/** Who is notified when the site fails. */
export interface AlarmsConfig {
  /** The address confirms once, by a link that AWS sends to it. */
  readonly email: string;
}

/** One deployment of the site: a stack with its own bucket, distribution and functions. */
export interface StageConfig {
  /**
   * The name of the CloudFormation stack: a letter, then letters, digits and hyphens.
   * @default - the site's `stackName`, which `-` and the name of the stage follow unless it is the first
   */
  readonly stackName?: string;
  /**
   * The AWS account, 12 digits: credentials of any other are refused.
   * @default - the account that the credentials belong to
   */
  readonly account?: string;
  /** @default - the distribution is reached at its `d….cloudfront.net` name */
  readonly domain?: DomainConfig;
  /** @default - what the manifest of each function package names: `nodejs22.x` */
  readonly runtime?: EdgeRuntime;
  /** @default "PriceClass_All" */
  readonly priceClass?: PriceClass;
  /**
   * Whether the distribution serves HTTP/3 beside HTTP/2. `deploy --canary` needs one that does not.
   * @default true
   */
  readonly http3?: boolean;
  /**
   * Whether CloudFront measures the hit rate of the distribution, and errors by status, for a fixed price a month.
   * @default false
   */
  readonly additionalMetrics?: boolean;
  /**
   * How many days the functions' logs are kept, in every region in which they arise.
   * @default - for ever, as CloudWatch does
   */
  readonly logRetentionDays?: number;
  /**
   * Whether the stack can only be deleted after its protection has been removed.
   * @default false
   */
  readonly terminationProtection?: boolean;
  /**
   * The ARN of a web ACL of AWS WAF for CloudFront.
   * @default - none
   */
  readonly webAclArn?: string;
  /**
   * How CloudFront is paid for. The flat-rate plans Free and Pro take no policies of one's own and demand a web
   * ACL: the stage then has managed policies alone.
   * @default "pay-as-you-go"
   */
  readonly plan?: PricingPlan;
  /** @default - none are written */
  readonly accessLogs?: AccessLogsConfig;
  /**
   * A mail when more than 5 % of the requests get a 5xx, or more than 1 % of the invocations of a CloudFront Function
   * fail or are throttled, for ten minutes; and one when that is over.
   * @default - none
   */
  readonly alarms?: AlarmsConfig;
  /**
   * Makes the stage one of previews, whose pages no search engine lists: `deploy --preview NAME` puts a build beside the
   * others in seconds. Production is a stage of its own.
   * @default - the stage has none
   */
  readonly previews?: PreviewsConfig;
  /**
   * The name of a managed policy of the account that bounds the roles of the functions.
   * @default - none
   */
  readonly permissionsBoundary?: string;
}

const defaults = {
  priceClass: "PriceClass_All",
  http3: true,
  additionalMetrics: false,
  terminationProtection: false,
  plan: "pay-as-you-go",
} as const satisfies Partial<StageConfig>;

type Defaulted = "stackName" | keyof typeof defaults;

type OrUndefined<Settings> = {
  readonly [Name in keyof Settings]?: Settings[Name] | undefined;
};

/** A stage with its defaults. */
export interface ResolvedStageConfig
  extends Required<Pick<StageConfig, Defaulted>>, OrUndefined<Omit<StageConfig, Defaulted>> {
  readonly name: string;
  /** Of what `deploy --canary` makes of a stage; no stage of a configuration has it. */
  readonly canary?: CanaryConfig;
}

/** A build that part of the viewers get. */
export interface CanaryConfig {
  readonly traffic: CanaryTraffic;
  /** The id of the release that the files of the site are. */
  readonly release: string;
}

/** Which requests CloudFront sends to a staging distribution: a share of the viewers, or those with a header. */
export type CanaryTraffic =
  | { readonly percent: number }
  | { readonly header: string; readonly value: string };

/**
 * Returns the stages with their defaults, in the order in which they are written.
 *
 * @param stackName The site's.
 */
export function resolveStages(
  stages: Readonly<Record<string, StageConfig>>,
  stackName: string,
): readonly ResolvedStageConfig[] {
  return Object.entries(stages).map(([name, stage], index) => ({
    ...defaults,
    stackName: index === 0 ? stackName : `${stackName}-${name}`,
    ...withoutUndefined(stage),
    name,
  }));
}
