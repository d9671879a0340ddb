import { Annotations, Duration } from "aws-cdk-lib";
import { Certificate } from "aws-cdk-lib/aws-certificatemanager";
import {
  AccessLevel,
  type AddBehaviorOptions,
  type BehaviorOptions,
  CachePolicy,
  CfnDistribution,
  Distribution,
  type EdgeLambda,
  type ErrorResponse,
  type FunctionAssociation,
  HttpVersion,
  type KeyValueStore,
  PriceClass,
  SecurityPolicyProtocol,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { S3BucketOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { Bucket } from "aws-cdk-lib/aws-s3";
import { Construct } from "constructs";
import { AccessLogBucket } from "./access-log-bucket.ts";
import { acknowledgeRules } from "./acknowledge-rules.ts";
import type { BehaviorConfig } from "../config/behavior-config.ts";
import type { CacheKeyConfig } from "../config/cache-key-config.ts";
import type { TryOutConfig } from "../config/edge-config.ts";
import type { ErrorPageConfig } from "../config/error-page-config.ts";
import type { DomainConfig, ResolvedStageConfig } from "../config/stage-config.ts";
import type { DeployedFunction, SiteFunctions } from "../artefact/deployed-functions.ts";
import { releaseHeader } from "../releases/release-layout.ts";
import type { ReleaseFunctions } from "../releases/release-functions.ts";
import { defaultPathPattern } from "../artefact/placed-functions.ts";
import { cfnResourceOf } from "./cfn-resource-of.ts";
import { CloudFrontFunction } from "./cloudfront-function.ts";
import { keyValueStore } from "./key-value-store.ts";
import { documentCachePolicy } from "./document-cache-policy.ts";
import { LambdaEdgeFunction } from "./lambda-edge-function.ts";
import { managedHeadersPolicy, responseHeadersPolicies } from "./response-headers-policies.ts";
import { siteBehaviors } from "./site-behaviors.ts";
import { SiteAlarms } from "./site-alarms.ts";
import { SiteBucket, type SiteBucketProps } from "./site-bucket.ts";
import { siteDocument } from "../site/site-folder.ts";

/** What a site is made of. */
export interface SpaSiteProps extends Omit<SiteBucketProps, "hasReleases"> {
  /** Absolute: where the cloud assembly is read from. */
  readonly assemblyFolder: string;
  readonly functions: SiteFunctions | ReleaseFunctions;
  /** Of the default cache behavior. */
  readonly cacheKey: CacheKeyConfig;
  readonly stage: ResolvedStageConfig;
  readonly behaviors: readonly BehaviorConfig[];
  /** Absolute: folders of functions behind the distribution are relative to it. */
  readonly configFolder: string;
  readonly errorPages: readonly ErrorPageConfig[];
  readonly tryOut: readonly TryOutConfig[];
}

/** The distribution's metadata from which the local CloudFront learns what to suggest. */
const tryMetadataKey = "cf-edge:try";

/** The one from which it learns what in the options allows what a browser has blocked. */
const policyRemediesKey = "cf-edge:policy-remedies";

/** A single-page app in a private bucket, behind a distribution that runs its edge functions. */
export class SpaSite extends Construct {
  readonly bucket: Bucket;
  readonly distribution: Distribution;
  /** The key value store that has the live release; undefined where the site has no releases. */
  readonly releaseStore: KeyValueStore | undefined;

  constructor(scope: Construct, id: string, props: SpaSiteProps) {
    super(scope, id);
    const { hashedAssetsPattern, functions, stage } = props;
    const hasReleases = "keyValues" in functions;
    this.releaseStore = hasReleases
      ? keyValueStore(new Construct(this, "Releases"), functions.keyValues)
      : undefined;
    this.bucket = new SiteBucket(this, "Bucket", { ...props, hasReleases });
    const origin = S3BucketOrigin.withOriginAccessControl(this.bucket, {
      // CF-H-01: without the second one a missing file is a 403.
      originAccessLevels: [AccessLevel.READ, AccessLevel.LIST],
    });
    const commonOf = commonBehavior(this, props, this.releaseStore);
    const behavior = (pathPattern: string, own: Pick<BehaviorOptions, "cachePolicy">) => ({
      origin,
      ...commonOf(pathPattern),
      ...own,
    });
    const cachePolicy = isFlatRate(stage)
      ? CachePolicy.CACHING_OPTIMIZED
      : documentCachePolicy(this, props.cacheKey, hasReleases ? [releaseHeader] : []);
    const { behaviors, configFolder } = props;
    const configured = siteBehaviors(this, {
      behaviors,
      configFolder,
      siteOrigin: origin,
      documentCachePolicy: cachePolicy,
      permissionsBoundary: stage.permissionsBoundary,
    });
    this.distribution = new Distribution(this, "Distribution", {
      defaultRootObject: siteDocument,
      defaultBehavior: behavior(defaultPathPattern, { cachePolicy }),
      additionalBehaviors: Object.fromEntries(
        [
          ...configured.byPathPattern,
          [hashedAssetsPattern, { cachePolicy: CachePolicy.CACHING_OPTIMIZED }] as const,
        ].map(([pattern, own]) => [pattern, behavior(pattern, own)]),
      ),
      errorResponses: props.errorPages.map(errorResponse),
      httpVersion: stage.http3 ? HttpVersion.HTTP2_AND_3 : HttpVersion.HTTP2,
      ...stageProps(this, stage),
    });
    configured.grantTo(this.distribution);
    addAlarms(this, this.distribution, stage);
    addMetadata(this.distribution, props);
    acknowledgeRules(this.distribution, distributionReasons(stage));
    Annotations.of(this.distribution).acknowledgeWarning(
      "@aws-cdk/aws-cloudfront-origins:listBucketSecurityRisk",
      "The default root object is set, so that no viewer is shown the list of the bucket.",
    );
  }
}

/** FN-I-58: the flat-rate plans take managed policies alone. */
function isFlatRate({ plan }: ResolvedStageConfig): boolean {
  return plan === "flat-rate";
}

/** Returns what the cache behavior of a path pattern has whatever its origin is: its functions, and its headers policy. */
function commonBehavior(
  scope: Construct,
  props: SpaSiteProps,
  releaseStore: KeyValueStore | undefined,
): (pathPattern: string) => AddBehaviorOptions {
  const { functions, stage } = props;
  const associations = functions.deployed.map((each) => ({
    ...associationOf(scope, each, props, releaseStore),
    pathPatterns: each.pathPatterns,
  }));
  const policyOf = isFlatRate(stage)
    ? managedHeadersPolicy(functions.placed)
    : responseHeadersPolicies(scope, functions.placed, { isListed: stage.previews === undefined });
  return (pathPattern) => ({
    responseHeadersPolicy: policyOf(pathPattern),
    viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    compress: true,
    ...associationsAt(pathPattern, associations),
  });
}

/** What the local CloudFront reads beside the distribution itself. */
function addMetadata(distribution: Distribution, { tryOut, functions }: SpaSiteProps): void {
  const resource = cfnResourceOf(distribution, CfnDistribution);
  if (tryOut.length > 0) resource.addMetadata(tryMetadataKey, tryOut);
  const remedies = Object.assign({}, ...functions.placed.map((each) => each.policyRemedies));
  if (Object.keys(remedies).length > 0) resource.addMetadata(policyRemediesKey, remedies);
}

function addAlarms(
  scope: Construct,
  distribution: Distribution,
  { alarms }: ResolvedStageConfig,
): void {
  if (alarms === undefined) return;
  const isScript = (child: unknown): child is CloudFrontFunction =>
    child instanceof CloudFrontFunction;
  const cloudFrontFunctions = scope.node.children.filter(isScript);
  new SiteAlarms(scope, "Alarms", { ...alarms, distribution, cloudFrontFunctions });
}

/** A function as a cache behavior takes it: one of the two. */
interface Association {
  readonly edgeLambda?: EdgeLambda;
  readonly functionAssociation?: FunctionAssociation;
}

function associationOf(
  scope: Construct,
  { asset, members }: DeployedFunction,
  { assemblyFolder, stage }: SpaSiteProps,
  releaseStore: KeyValueStore | undefined,
): Association {
  const id = freeId(scope, members.map(({ packageName }) => packageName).join(" "));
  if (asset.engine === "cloudfront-function") {
    const store = asset.readsStore ? releaseStore : undefined;
    return { functionAssociation: new CloudFrontFunction(scope, id, { asset, store }).association };
  }
  const { runtime, permissionsBoundary } = stage;
  const props = { asset, assemblyFolder, runtime, permissionsBoundary };
  return { edgeLambda: new LambdaEdgeFunction(scope, id, props).association };
}

function associationsAt(
  pathPattern: string,
  associations: readonly (Association & Pick<DeployedFunction, "pathPatterns">)[],
): Pick<BehaviorOptions, "edgeLambdas" | "functionAssociations"> {
  const own = associations.filter(({ pathPatterns }) => pathPatterns.includes(pathPattern));
  const scripts = own.flatMap(({ functionAssociation }) => functionAssociation ?? []);
  return {
    edgeLambdas: own.flatMap(({ edgeLambda }) => edgeLambda ?? []),
    ...(scripts.length > 0 && { functionAssociations: scripts }),
  };
}

function errorResponse({
  status,
  page,
  responseStatus,
  cacheSeconds,
}: ErrorPageConfig): ErrorResponse {
  return {
    httpStatus: status,
    responseHttpStatus: responseStatus ?? status,
    responsePagePath: page,
    ttl: Duration.seconds(cacheSeconds ?? 10),
  };
}

const priceClasses: Readonly<Record<ResolvedStageConfig["priceClass"], PriceClass>> = {
  PriceClass_100: PriceClass.PRICE_CLASS_100,
  PriceClass_200: PriceClass.PRICE_CLASS_200,
  PriceClass_All: PriceClass.PRICE_CLASS_ALL,
};

/** Why cdk-nag's rules do not hold, for what a stage leaves out. */
function distributionReasons({ domain, webAclArn, accessLogs }: ResolvedStageConfig) {
  const rule = (number: number) => `AwsSolutions::AwsSolutions-CFR${number}`;
  return {
    [rule(1)]: "The site is for viewers everywhere.",
    ...(webAclArn === undefined && {
      [rule(2)]: "Static files need no firewall; a stage takes one as webAclArn.",
    }),
    ...(accessLogs === undefined && {
      [rule(3)]: "Access logs hold the addresses of viewers; a stage asks for them as accessLogs.",
    }),
    ...(domain === undefined && {
      [rule(4)]: "CloudFront sets the TLS versions of its own d….cloudfront.net name itself.",
    }),
  };
}

function stageProps(scope: Construct, stage: ResolvedStageConfig) {
  const { domain, priceClass, additionalMetrics, webAclArn, accessLogs } = stage;
  return {
    ...domainProps(scope, domain),
    priceClass: priceClasses[priceClass],
    publishAdditionalMetrics: additionalMetrics,
    webAclId: webAclArn,
    ...(accessLogs !== undefined && {
      logBucket: new AccessLogBucket(scope, "AccessLogs", accessLogs),
    }),
  };
}

function domainProps(scope: Construct, domain: DomainConfig | undefined) {
  if (domain === undefined) return {};
  return {
    domainNames: [...domain.names],
    certificate: Certificate.fromCertificateArn(scope, "Certificate", domain.certificateArn),
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2025,
  };
}

/** `@scope/security-headers` becomes `SecurityHeaders`, the next one of that name `SecurityHeaders2`. */
function freeId(scope: Construct, packageName: string): string {
  const words = packageName.replace(/@[^/ ]*\//g, "").split(/[^A-Za-z0-9]+/);
  const id = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
  const taken = scope.node.children.filter((child) => child.node.id.replace(/\d+$/, "") === id);
  return taken.length === 0 ? id : `${id}${taken.length + 1}`;
}
