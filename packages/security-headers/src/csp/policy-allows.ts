import type { PolicyDirectives } from "./content-security-policy.ts";
import { isHashSource } from "./mistaken-source.ts";

/** Something that a policy is asked about. */
export interface Asked {
  /** As in `connect-src`. */
  readonly directive: string;
  /** An origin, `'self'`, a scheme as in `data:`, a keyword, or the hash of inline code. */
  readonly source: string;
  /** The whole address, where it is known: a source may name a path. */
  readonly url?: string;
}

// https://www.w3.org/TR/CSP3/#directive-fallback-list
const fallbacks: Readonly<Record<string, readonly string[]>> = {
  "script-src-elem": ["script-src-elem", "script-src", "default-src"],
  "script-src-attr": ["script-src-attr", "script-src", "default-src"],
  "style-src-elem": ["style-src-elem", "style-src", "default-src"],
  "style-src-attr": ["style-src-attr", "style-src", "default-src"],
  "worker-src": ["worker-src", "child-src", "script-src", "default-src"],
  "frame-src": ["frame-src", "child-src", "default-src"],
  "form-action": ["form-action"],
  "base-uri": ["base-uri"],
};

/** Returns the directive of a policy that decides in the place of another; undefined where none does. */
export function decidingDirective(policy: PolicyDirectives, directive: string): string | undefined {
  const chain = fallbacks[asked(directive)] ?? [directive, "default-src"];
  return chain.find((name) => policy.has(name));
}

/**
 * Returns whether a policy lets a page of an https: site do something.
 *
 * @see https://www.w3.org/TR/CSP3/#match-url-to-source-list
 */
export function policyAllows(policy: PolicyDirectives, { directive, source, url }: Asked): boolean {
  const deciding = decidingDirective(policy, directive);
  const sources = (deciding === undefined ? undefined : policy.get(deciding)) ?? undefined;
  if (sources === undefined) return true;
  const isScript = /^(?:script|worker)-src/.test(directive);
  const isStrict = isScript && sources.includes("'strict-dynamic'");
  if (source === "'unsafe-inline'" || isHashSource(source)) {
    if (sources.includes(source) && source !== "'unsafe-inline'") {
      return !directive.endsWith("-attr") || sources.includes("'unsafe-hashes'");
    }
    return sources.includes("'unsafe-inline'") && !sources.some(isHashSource) && !isStrict;
  }
  if (source === "'wasm-unsafe-eval'" && sources.includes("'unsafe-eval'")) return true;
  if (/^'(?!self')/.test(source)) return sources.includes(source);
  // What a script with a hash loads is trusted, whatever the sources say.
  if (isStrict) return true;
  return sources.some((each) => matches(each.toLowerCase(), source, url ?? source));
}

/** Elements are what scripts and styles are loaded by. */
function asked(directive: string): string {
  return directive === "script-src" || directive === "style-src" ? `${directive}-elem` : directive;
}

function matches(allowed: string, source: string, address: string): boolean {
  if (source === "'self'") return ["'self'", "*", "https:", "http:"].includes(allowed);
  if (!source.includes("//")) return allowed === source;
  // Addresses that begin with slashes have the page's scheme.
  const url = URL.parse(address, "https://site.invalid/");
  if (url === null) return false;
  if (allowed === "*") return /^(?:https?|wss?):$/.test(url.protocol);
  if (allowed.endsWith(":")) return isScheme(allowed, url.protocol);
  const [, scheme = "https:", host = "", port, path = ""] =
    /^(?:([a-z][a-z\d+.-]*:)\/\/)?([^/:]+|\[[^\]]*\])(?::(\d+|\*))?(\/.*)?$/.exec(allowed) ?? [];
  return (
    isScheme(scheme, url.protocol) &&
    (host.startsWith("*.")
      ? url.hostname.endsWith(host.slice(1))
      : host === "*" || url.hostname === host) &&
    (port === "*" ||
      (port ?? "") === url.port ||
      (port === defaultPort(url.protocol) && url.port === "")) &&
    (path === "" || (path.endsWith("/") ? url.pathname.startsWith(path) : url.pathname === path))
  );
}

/** http: stands for https: too, and both for sockets. */
function isScheme(allowed: string, protocol: string): boolean {
  const also: Readonly<Record<string, readonly string[]>> = {
    "http:": ["http:", "https:", "ws:", "wss:"],
    "https:": ["https:", "wss:"],
    "ws:": ["ws:", "wss:", "http:", "https:"],
    "wss:": ["wss:", "https:"],
  };
  return (also[allowed] ?? [allowed]).includes(protocol);
}

function defaultPort(protocol: string): string {
  return /^(?:http|ws):$/.test(protocol) ? "80" : "443";
}
