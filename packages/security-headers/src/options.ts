import type { SiteAnalysis } from "./site/analyze-site.ts";
import type { ContentSecurityPolicyOptions } from "./csp/content-security-policy.ts";
import type { PermissionsPolicyOptions } from "./headers/permissions-policy.ts";
import type { PresetName } from "./compile/presets.ts";
import type { ReportingEndpointsOptions } from "./headers/reporting-endpoints.ts";
import type { ResponseEventType } from "./edge/compiled-security-headers.ts";
import type { StrictTransportSecurityOptions } from "./headers/strict-transport-security.ts";

/** How inline styles are treated: whatever is written, or only what the build has. */
export type InlineStyles = "allow" | "hash";

/** Further origins of a site, by what is loaded from them. */
export interface SiteOrigins {
  /** APIs: fetch, XMLHttpRequest, WebSocket, EventSource. @default [] */
  readonly connect?: readonly string[];
  /** @default [] */
  readonly font?: readonly string[];
  /** @default [] */
  readonly form?: readonly string[];
  /** Pages that are framed. @default [] */
  readonly frame?: readonly string[];
  /** @default [] */
  readonly image?: readonly string[];
  /** @default [] */
  readonly media?: readonly string[];
  /** Not needed where every script has a hash: what such a script loads is trusted too. @default [] */
  readonly script?: readonly string[];
  /** @default [] */
  readonly style?: readonly string[];
  /** @default [] */
  readonly worker?: readonly string[];
}

/** Trusted Types: dangerous functions of the browser take only values that a policy of the page made. */
export interface TrustedTypesOptions {
  /** `report-only` first, to see what would break; then `enforce`. */
  readonly mode: "report-only" | "enforce";
  /**
   * The names of the page's own policies.
   * @default - any name.
   */
  readonly policies?: readonly string[];
}

/** The headers of one path, or of all. */
export interface HeaderSetOptions {
  /**
   * `false` leaves a header as the origin sent it, or absent; so does every header below.
   * @default - the preset's; with `original`, "max-age=63072000; includeSubDomains; preload".
   */
  readonly strictTransportSecurity?: string | false | StrictTransportSecurityOptions;
  /**
   * A text is sent as it is; directives are laid over those of the preset.
   * @default - the preset's, with what `site`, `origins` and `trustedTypes` add to it; with `original`,
   *   "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'".
   */
  readonly contentSecurityPolicy?: string | false | ContentSecurityPolicyOptions;
  /**
   * A policy that browsers report on and do not enforce. Directives are laid over those of
   * `contentSecurityPolicy`.
   * @default false
   */
  readonly contentSecurityPolicyReportOnly?: string | false | ContentSecurityPolicyOptions;
  /** @default false */
  readonly trustedTypes?: TrustedTypesOptions | false;
  /**
   * Where browsers send reports. Policies without a `report-to` of their own name the first one.
   * @default false
   */
  readonly reportingEndpoints?: string | false | ReportingEndpointsOptions;
  /**
   * Features are laid over those of the preset.
   * @default - the preset's; with `original`, none.
   */
  readonly permissionsPolicy?: string | false | PermissionsPolicyOptions;
  /** @default - the preset's; with `original`, none. */
  readonly crossOriginOpenerPolicy?: string | false;
  /** @default - the preset's; with `original`, none. */
  readonly crossOriginEmbedderPolicy?: string | false;
  /** @default - the preset's; with `original`, none. */
  readonly crossOriginResourcePolicy?: string | false;
  /** @default - the preset's; with `original`, none. */
  readonly originAgentCluster?: boolean;
  /** @default "nosniff" */
  readonly xContentTypeOptions?: string | false;
  /** @default - the preset's; with `original`, "DENY". */
  readonly xFrameOptions?: string | false;
  /** @default - none, since browsers no longer read it; with `original`, "1; mode=block". */
  readonly xXssProtection?: string | false;
  /** @default - the preset's; with `original`, "same-origin". */
  readonly referrerPolicy?: string | readonly string[] | false;
  /** @default - none; with `original`, "Erlang on Eels". */
  readonly server?: string | false;
  /** @default - the preset's; with `original`, none. */
  readonly xPermittedCrossDomainPolicies?: string | false;
  /** @default false */
  readonly xDnsPrefetchControl?: string | false;
  /**
   * Further headers by name, as in `{ "X-Robots-Tag": "noindex" }`.
   * @default {}
   */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * Names of headers that only documents get, whose Content-Type is one of `documentContentTypes`.
   * @default - Content-Security-Policy, its report-only twin and X-Frame-Options; none with `original`
   *   and `api`.
   */
  readonly documentOnly?: readonly string[] | false;
  /**
   * Names of headers that a response keeps where the origin sent them; all others are replaced.
   * @default []
   */
  readonly keepIfPresent?: readonly string[];
  /**
   * Names of headers that are taken away, unless they are set.
   * @default - `owaspRemovedHeaders`; none with `original`.
   */
  readonly removeHeaders?: readonly string[] | false;
}

/** The headers of the paths that a pattern matches: what differs from the others. */
export interface PathOverrideOptions extends HeaderSetOptions {
  /**
   * As in a cache behavior: `*` stands for any characters, `?` for one. It is compared with the path
   * that goes to the cache, after a viewer-request function.
   */
  readonly pathPattern: string;
  /** The pages whose hashes the policy has, in place of the site's. @default - the site's. */
  readonly site?: Pick<SiteAnalysis, "pages">;
}

/** The security headers of a site. */
export interface SecurityHeadersOptions extends HeaderSetOptions {
  /** @default "original" */
  readonly preset?: PresetName;
  /**
   * The built site, as `analyzeSiteFolder` returns it: the policy gets the hashes of its scripts and
   * styles.
   * @default - none: scripts come from the site's own origin.
   */
  readonly site?: Pick<SiteAnalysis, "pages">;
  /**
   * Other origins that the site's pages load from.
   * @default {}
   */
  readonly origins?: SiteOrigins;
  /**
   * @default - "allow" with `spa`, `spa-popups` and `isolated`, as libraries write styles at run time;
   *   "hash" with the others.
   */
  readonly inlineStyles?: InlineStyles;
  /**
   * The Content-Types of documents. A response without Content-Type counts as one.
   * @default ["text/html", "application/xhtml+xml"]
   */
  readonly documentContentTypes?: readonly string[];
  /**
   * The first whose pattern matches counts; its options are laid over those beside it.
   * @default []
   */
  readonly pathOverrides?: readonly PathOverrideOptions[];
  /**
   * Where the function runs. At origin-response its work is cached with the object and errors of the
   * origin get the headers too, but a change shows only when the object is fetched again.
   * @default "viewer-response"
   */
  readonly eventType?: ResponseEventType;
}
