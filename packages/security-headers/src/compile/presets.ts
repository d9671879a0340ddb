import {
  type PolicyDirectives,
  parseContentSecurityPolicy,
} from "../csp/content-security-policy.ts";
import type { HeaderOption } from "../headers/named-headers.ts";
import { owaspRemovedHeaders } from "../scorecard/owasp.ts";

/**
 * What a set of headers is made for. Each has its price:
 *
 * - `original`: the seven headers as this project began with them. Fetch, fonts and inline code of the
 *   page's own are blocked; `preload` binds the whole domain for years.
 * - `spa`: a built single-page app. No eval, no inline event handlers, no popups with access to the page, and
 *   camera, microphone, position and payment only where `permissionsPolicy` says so.
 * - `static`: pages of text. As `spa`, and no inline styles but those of the build, no frames, no
 *   blob: or WebAssembly.
 * - `spa-popups`: as `spa`, for sign-in by popup. A page that this one opens keeps a hold on it.
 * - `isolated`: as `spa`, for SharedArrayBuffer. Whatever comes from elsewhere must ask for it (CORS or
 *   Cross-Origin-Resource-Policy).
 * - `api`: responses that are not pages. A page among them can do nothing at all.
 */
export type PresetName = "original" | "spa" | "static" | "spa-popups" | "isolated" | "api";

/** What a preset sets, before options are laid over it. */
export interface Preset {
  /** Texts by option. */
  readonly headers: Readonly<Partial<Record<HeaderOption, string>>>;
  /** The directives of its Content-Security-Policy. */
  readonly policy: PolicyDirectives;
  /** Whether the hashes of the scripts of the build replace `'self'`. */
  readonly strictScripts: boolean;
  /** The headers that only documents get. */
  readonly documentOnly: readonly string[];
  readonly removeHeaders: readonly string[];
}

const originalPolicy =
  "default-src 'none'; img-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'";
const spaPolicy = [
  "default-src 'none'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self'",
  // Libraries write styles at run time; a style loads nothing that the other directives do not allow.
  "style-src-elem 'self' 'unsafe-inline'",
  "style-src-attr 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self' data: blob:",
  "media-src 'self' data: blob:",
  "worker-src 'self' blob:",
  "frame-src 'self' blob:",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'self'",
  "upgrade-insecure-requests",
];
const staticPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "media-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
  "frame-ancestors 'none'",
  "upgrade-insecure-requests",
];
const apiPolicy = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

const documentOnly = [
  "Content-Security-Policy",
  "Content-Security-Policy-Report-Only",
  "X-Frame-Options",
];
const deniedFeatures = [
  ["accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid"],
  ["idle-detection", "magnetometer", "microphone", "midi", "payment", "serial", "sync-xhr", "usb"],
  ["xr-spatial-tracking"],
].flat();

const everywhere = {
  strictTransportSecurity: "max-age=63072000; includeSubDomains",
  xContentTypeOptions: "nosniff",
  xPermittedCrossDomainPolicies: "none",
  crossOriginResourcePolicy: "same-origin",
} as const;
const spaHeaders = {
  ...everywhere,
  xFrameOptions: "SAMEORIGIN",
  referrerPolicy: "strict-origin-when-cross-origin",
  permissionsPolicy: deniedFeatures.map((feature) => `${feature}=()`).join(", "),
  crossOriginOpenerPolicy: "same-origin",
  originAgentCluster: "?1",
} as const;
const spa: Preset = {
  headers: spaHeaders,
  policy: parseContentSecurityPolicy(spaPolicy.join(";")),
  strictScripts: true,
  documentOnly,
  removeHeaders: owaspRemovedHeaders,
};

/** Every preset by name. */
export const presets: Readonly<Record<PresetName, Preset>> = {
  original: {
    headers: {
      strictTransportSecurity: "max-age=63072000; includeSubDomains; preload",
      contentSecurityPolicy: originalPolicy,
      xContentTypeOptions: "nosniff",
      xFrameOptions: "DENY",
      xXssProtection: "1; mode=block",
      referrerPolicy: "same-origin",
      server: "Erlang on Eels",
    },
    policy: parseContentSecurityPolicy(originalPolicy),
    strictScripts: false,
    documentOnly: [],
    removeHeaders: [],
  },
  spa,
  static: {
    ...spa,
    headers: { ...spaHeaders, xFrameOptions: "DENY" },
    policy: parseContentSecurityPolicy(staticPolicy.join(";")),
  },
  "spa-popups": {
    ...spa,
    headers: { ...spaHeaders, crossOriginOpenerPolicy: "same-origin-allow-popups" },
  },
  isolated: { ...spa, headers: { ...spaHeaders, crossOriginEmbedderPolicy: "require-corp" } },
  api: {
    headers: { ...everywhere, xFrameOptions: "DENY", referrerPolicy: "no-referrer" },
    policy: parseContentSecurityPolicy(apiPolicy),
    strictScripts: false,
    documentOnly: [],
    removeHeaders: owaspRemovedHeaders,
  },
};

/** The names of the presets. */
export const presetNames = Object.keys(presets) as readonly PresetName[];
