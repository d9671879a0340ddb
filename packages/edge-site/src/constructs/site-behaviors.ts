import {
  AllowedMethods,
  type BehaviorOptions,
  CachePolicy,
  type Distribution,
  type ICachePolicy,
  type IOrigin,
  type IOriginRequestPolicy,
  OriginProtocolPolicy,
  OriginRequestPolicy,
  ViewerProtocolPolicy,
} from "aws-cdk-lib/aws-cloudfront";
import { HttpOrigin } from "aws-cdk-lib/aws-cloudfront-origins";
import type { Construct } from "constructs";
import type {
  BehaviorConfig,
  cachePolicyNames,
  originRequestPolicyNames,
} from "../config/behavior-config.ts";
import { FunctionOrigin } from "./function-origin.ts";

/** What the site's own cache behaviors are made of. */
export interface SiteBehaviorsProps {
  readonly behaviors: readonly BehaviorConfig[];
  /** Absolute: folders of functions are relative to it. */
  readonly configFolder: string;
  readonly siteOrigin: IOrigin;
  readonly documentCachePolicy: ICachePolicy;
  readonly permissionsBoundary: string | undefined;
}

/** The part of a cache behavior that its configuration decides. */
export type SiteBehavior = Pick<
  BehaviorOptions,
  "origin" | "cachePolicy" | "originRequestPolicy" | "allowedMethods" | "viewerProtocolPolicy"
>;

/** Cache behaviors by path pattern, in their order. */
export interface SiteBehaviors {
  readonly byPathPattern: ReadonlyMap<string, SiteBehavior>;
  /** Lets the distribution call the functions behind it. */
  grantTo(distribution: Distribution): void;
}

const cachePolicies: Readonly<Record<(typeof cachePolicyNames)[number], ICachePolicy>> = {
  CachingDisabled: CachePolicy.CACHING_DISABLED,
  CachingOptimized: CachePolicy.CACHING_OPTIMIZED,
  CachingOptimizedForUncompressedObjects: CachePolicy.CACHING_OPTIMIZED_FOR_UNCOMPRESSED_OBJECTS,
  UseOriginCacheControlHeaders: CachePolicy.USE_ORIGIN_CACHE_CONTROL_HEADERS,
  "UseOriginCacheControlHeaders-QueryStrings":
    CachePolicy.USE_ORIGIN_CACHE_CONTROL_HEADERS_QUERY_STRINGS,
};

const originRequestPolicies: Readonly<
  Record<(typeof originRequestPolicyNames)[number], IOriginRequestPolicy>
> = {
  AllViewer: OriginRequestPolicy.ALL_VIEWER,
  AllViewerExceptHostHeader: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
  "CORS-CustomOrigin": OriginRequestPolicy.CORS_CUSTOM_ORIGIN,
  "CORS-S3Origin": OriginRequestPolicy.CORS_S3_ORIGIN,
  UserAgentRefererHeaders: OriginRequestPolicy.USER_AGENT_REFERER_HEADERS,
};

/** Makes the origins and policies of the configured cache behaviors. */
export function siteBehaviors(scope: Construct, props: SiteBehaviorsProps): SiteBehaviors {
  const functions: FunctionOrigin[] = [];
  const originOf = ({ origin }: BehaviorConfig, index: number): IOrigin => {
    if (typeof origin === "string") return httpOrigin(origin);
    const { configFolder, permissionsBoundary } = props;
    const id = `Origin${index + 1}Function`;
    const made = new FunctionOrigin(scope, id, { ...origin, configFolder, permissionsBoundary });
    functions.push(made);
    return made.origin;
  };
  const behaviors = props.behaviors.map((behavior, index): [string, SiteBehavior] => {
    const { pathPattern, origin } = behavior;
    const policies = policiesOf(scope, behavior, index);
    if (origin === "site") {
      const { siteOrigin, documentCachePolicy: cachePolicy } = props;
      const viewerProtocolPolicy = ViewerProtocolPolicy.REDIRECT_TO_HTTPS;
      return [pathPattern, { origin: siteOrigin, cachePolicy, ...policies, viewerProtocolPolicy }];
    }
    const api = {
      origin: originOf(behavior, index),
      cachePolicy: CachePolicy.CACHING_DISABLED,
      originRequestPolicy: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
      ...policies,
      allowedMethods: AllowedMethods.ALLOW_ALL,
      // A redirect would lose the body of a request without TLS, and has shown it to the network already.
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    };
    return [pathPattern, api];
  });
  return {
    byPathPattern: new Map(behaviors),
    grantTo: (distribution) => functions.forEach((each) => each.grantTo(distribution)),
  };
}

function policiesOf(
  scope: Construct,
  { cachePolicy, originRequestPolicy }: BehaviorConfig,
  index: number,
): { readonly cachePolicy?: ICachePolicy; readonly originRequestPolicy?: IOriginRequestPolicy } {
  const id = `Behavior${index + 1}`;
  return {
    ...(cachePolicy !== undefined && {
      cachePolicy:
        named(cachePolicies, cachePolicy) ??
        CachePolicy.fromCachePolicyId(scope, `${id}CachePolicy`, cachePolicy),
    }),
    ...(originRequestPolicy !== undefined && {
      originRequestPolicy:
        named(originRequestPolicies, originRequestPolicy) ??
        OriginRequestPolicy.fromOriginRequestPolicyId(
          scope,
          `${id}OriginRequestPolicy`,
          originRequestPolicy,
        ),
    }),
  };
}

function named<Policy>(
  policies: Readonly<Record<string, Policy>>,
  name: string,
): Policy | undefined {
  return Object.hasOwn(policies, name) ? policies[name] : undefined;
}

function httpOrigin(url: string): IOrigin {
  const { hostname, port, pathname } = new URL(url);
  const originPath = pathname.replace(/\/$/, "");
  return new HttpOrigin(hostname, {
    protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
    ...(port !== "" && { httpsPort: Number(port) }),
    ...(originPath !== "" && { originPath }),
  });
}
