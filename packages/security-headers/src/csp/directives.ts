/** What may stand behind a directive of a Content-Security-Policy. */
export type DirectiveKind =
  /** Sources: hosts, schemes and keywords. */
  | "sources"
  /** Origins that may frame the page: hosts, schemes, `'self'` and `'none'`. */
  | "ancestors"
  /** Nothing. */
  | "flag"
  /** What a sandboxed page may do nevertheless. */
  | "sandbox"
  /** The name of one endpoint. */
  | "report-group"
  /** Addresses that take reports. */
  | "report-addresses"
  /** What takes values of Trusted Types alone: `'script'`. */
  | "trusted-types-sinks"
  /** Names of policies of Trusted Types. */
  | "trusted-types-policies";

// https://www.w3.org/TR/CSP3/ and https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Content-Security-Policy
const sourceDirectives =
  `default-src script-src script-src-elem script-src-attr style-src style-src-elem style-src-attr
img-src font-src connect-src media-src object-src frame-src child-src fenced-frame-src worker-src
manifest-src prefetch-src base-uri form-action`.split(/\s+/);
const kinds: Readonly<Record<string, DirectiveKind>> = {
  ...Object.fromEntries(sourceDirectives.map((name) => [name, "sources" as const])),
  "frame-ancestors": "ancestors",
  "upgrade-insecure-requests": "flag",
  "block-all-mixed-content": "flag",
  sandbox: "sandbox",
  "report-to": "report-group",
  "report-uri": "report-addresses",
  "require-trusted-types-for": "trusted-types-sinks",
  "trusted-types": "trusted-types-policies",
};

/** Every directive that a browser of today reads, in kebab-case. */
export const directiveNames: readonly string[] = Object.keys(kinds);

/** What browsers read once, and what to do in its place. */
export const formerDirectives: Readonly<Record<string, string>> = {
  "navigate-to": "Leave it out: no browser reads it.",
  "plugin-types": `Write "object-src 'none'" in its place.`,
  referrer: "Set the option referrerPolicy in its place.",
  "reflected-xss": "Leave it out: no browser filters any more.",
  "require-sri-for": "Leave it out: the option site gives scripts their hashes.",
};

/** Returns what may stand behind a directive; undefined for a directive that no browser reads. */
export function directiveKind(name: string): DirectiveKind | undefined {
  return Object.hasOwn(kinds, name) ? kinds[name] : undefined;
}

/** The keywords of a source list, with their quotes. */
export const sourceKeywords: readonly string[] =
  `'self' 'none' 'unsafe-inline' 'unsafe-eval' 'unsafe-hashes' 'strict-dynamic' 'report-sample'
'wasm-unsafe-eval' 'inline-speculation-rules' 'trusted-types-eval' 'report-sha256' 'report-sha384'
'report-sha512'`.split(/\s+/);

// https://html.spec.whatwg.org/multipage/browsers.html#sandboxing
/** What a sandboxed page may be allowed. */
export const sandboxTokens: readonly string[] =
  `allow-downloads allow-forms allow-modals allow-orientation-lock allow-pointer-lock allow-popups
allow-popups-to-escape-sandbox allow-presentation allow-same-origin allow-scripts
allow-storage-access-by-user-activation allow-top-navigation
allow-top-navigation-by-user-activation allow-top-navigation-to-custom-protocols`.split(/\s+/);
