import type { EdgeEngine } from "./edge-function-manifest.ts";
import type { EventType } from "./event-type.ts";

/** Names of headers, cookies or query strings that a policy lists. */
export type PolicySelection =
  | "none"
  | "all"
  | readonly string[]
  | { readonly allExcept: readonly string[] };

/** The parts of a request that a cache policy or an origin request policy names. */
export interface PolicySelections {
  /** With `all`, every header that the viewer sent; CloudFront's own must be listed. */
  readonly headers: PolicySelection | { readonly allViewerAnd: readonly string[] };
  readonly cookies: PolicySelection;
  readonly queryStrings: PolicySelection;
}

/** A cache behavior of a site that is being synthesized, as far as options can contradict it. */
export interface SynthesizedCacheBehavior {
  /** `*` for the default cache behavior. */
  readonly pathPattern: string;
  readonly viewerProtocolPolicy: "allow-all" | "redirect-to-https" | "https-only";
  readonly cachePolicy: PolicySelections & {
    readonly minTtlSeconds: number;
    /** Absent where it is not known. */
    readonly maxTtlSeconds?: number;
  };
  readonly originRequestPolicy?: PolicySelections;
  readonly hasResponseHeadersPolicy: boolean;
  /** Whether a viewer-request function of it may generate responses. */
  readonly generatesResponses: boolean;
  readonly originType: "s3" | "custom";
}

/** What an edge function package learns of the site that will run it. */
export interface SynthesizedSite {
  readonly eventType: EventType;
  /** On which engine the function runs; absent where that is not known. */
  readonly engine?: EdgeEngine;
  /** The cache behaviors that run the function. */
  readonly cacheBehaviors: readonly SynthesizedCacheBehavior[];
  /** Empty where there is none. */
  readonly defaultRootObject: string;
  readonly customErrorResponses: readonly {
    readonly errorCode: number;
    readonly responsePagePath?: string;
    readonly responseCode?: number;
    /** Absent where the distribution does not name it: CloudFront takes 10 s. */
    readonly errorCachingMinTtlSeconds?: number;
  }[];
  /** The header that the CacheTagConfig names, empty where there is none; absent where that is not known. */
  readonly cacheTagHeader?: string;
  /** The absolute path of the site's files as they are deployed; absent where they are not known. */
  readonly siteFolder?: string;
  /** Names relative to the site's folder, `/` between segments, not percent-encoded. */
  readonly siteFiles: readonly string[];
  /** Content-Types by glob, of files that get another one than that of their names. */
  readonly contentTypes?: Readonly<Record<string, string>>;
  /** The host names of its viewers' URLs, lower case, as far as they are known. */
  readonly siteHosts?: readonly string[];
  /** The path pattern of the cache behavior that takes a path; absent where that is not known. */
  readonly pathPatternOf?: (path: string) => string;
  /** The functions that a navigation meets before this one, in their order, as far as they are known. */
  readonly earlierFunctions?: readonly NavigationFunction[];
  /** The functions that it meets after this one. */
  readonly laterFunctions?: readonly NavigationFunction[];
  /**
   * Whether a viewer-request function serves a file at a path that is no file, as a route of a single-page
   * app; absent where that is not known.
   */
  readonly isRoute?: (path: string) => boolean;
}

/** What cannot work, or hardly be meant, between a package's options and a site. */
export interface SynthFinding {
  /** An error stops the synth; the others are printed. */
  readonly severity: "error" | "warning" | "info";
  /** What is wrong and what helps, in one or two sentences; or what there is to know. */
  readonly message: string;
}

/**
 * What a package exports as `checkSynthesizedSite` from its entry `./synth-check`: called at synth
 * with the compiled options and each site that runs the function.
 *
 * @param limits What the user asks of the options besides, in terms of the package.
 */
export type SynthCheck<Compiled> = (
  compiled: Compiled,
  site: SynthesizedSite,
  limits?: Readonly<Record<string, unknown>>,
) => readonly SynthFinding[];

/** What a function makes of a navigation, which is a GET request for a page. */
export interface NavigationDecision {
  /** The option that decided, as in `routes[0]`. */
  readonly rule: string;
  /** The uri that the request goes on with; absent where the function responds with a redirect. */
  readonly uri?: string;
  /** Where a redirect leads. */
  readonly location?: string;
}

/** Where the options of a request function lead navigations. */
export interface Navigation {
  /** Returns what becomes of a navigation to a path, or `undefined` where it passes untouched. */
  decide(uri: string): NavigationDecision | undefined;
  /** Paths that do not pass untouched, one at least for each rule of the options. */
  readonly exampleUris: readonly string[];
  /** How the options leave a path alone, as in `name the path in exclude`. */
  readonly exemption: string;
}

/** A function of a site, and where it leads navigations. */
export interface NavigationFunction extends Navigation {
  readonly packageName: string;
  readonly eventType: EventType;
}

/**
 * What a package with a request function may export as `navigationOf` from its entry `./synth-check`, so
 * that other packages of the site learn where it leads.
 */
export type NavigationOf<Compiled> = (compiled: Compiled) => Navigation;

/**
 * What a function package may export as `compilerOf` from its entry `./synth-check`, so that options that were
 * not compiled are compiled at synth.
 *
 * @param isForSite Whether there is a built site to compile them for.
 * @returns The name of the package's export that compiles options, to plain JSON or, for a site, to a function that
 *   takes its folder; undefined where these are compiled.
 */
export type CompilerOf = (config: object, isForSite?: boolean) => string | undefined;

/**
 * What a package of both engines may export as `onlyLambdaEdge` from its entry `./synth-check`, where some options
 * cannot run as a CloudFront Function.
 *
 * @returns Why, as in `it needs the network`; undefined where both engines run these options.
 */
export type OnlyLambdaEdge<Compiled> = (compiled: Compiled) => string | undefined;

/** What a function on Lambda@Edge asks of AWS with its role. */
export interface FunctionPermission {
  /** As in `ssm:GetParameter`. */
  readonly action: string;
  /** An ARN without partition and account, as in `ssm:us-east-1:parameter/name`. */
  readonly resource: string;
}

/** What a package may export as `permissionsOf` from its entry `./synth-check`, for the role of its function. */
export type PermissionsOf<Compiled> = (compiled: Compiled) => readonly FunctionPermission[];

/**
 * What a package may export as `withSiteFiles` from its entry `./site-files`: called at synth with the
 * compiled options and the files of the site, which options that were compiled before do not know.
 *
 * @param siteFiles As in `SynthesizedSite`.
 * @returns The options that are deployed, plain JSON.
 */
export type WithSiteFiles<Compiled> = (
  compiled: Compiled,
  siteFiles: readonly string[],
) => Compiled;

/**
 * What a package that sets a Content-Security-Policy may export as `policyRemedies` from its entry
 * `./synth-check`: what has to be written in its options to allow what its policy blocks, by directive and
 * kind, as in `connect-src source`, or by kind alone for all other directives. The kinds are `source`,
 * `self`, `inline`, `unknown-inline` and `unknown-script` under a policy that has hashes, and the browser's
 * words for the rest, as `eval`; `{directive}` stands for the directive, `{source}` for an origin or a scheme. The local CloudFront shows it for what a browser blocks.
 */
export type PolicyRemedies = () => Readonly<Record<string, string>>;

/**
 * What a package exports as `responseHeadersPolicy` from its entry `./response-headers-policy`: called at
 * synth with the compiled options, for the responses that its function does not see.
 *
 * @param policy Its name, unique in the account.
 * @returns The `ResponseHeadersPolicyConfig` of an `AWS::CloudFront::ResponseHeadersPolicy`.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-properties-cloudfront-responseheaderspolicy-responseheaderspolicyconfig.html
 */
export type ResponseHeadersPolicyOf<Compiled> = (
  compiled: Compiled,
  policy: { readonly name: string },
) => object;
