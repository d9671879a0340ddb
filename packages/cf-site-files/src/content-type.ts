import standard, { Mime } from "mime/lite";
import otherTypes from "mime/types/other.js";
import picomatch from "picomatch";
import { isUtf8Text } from "./text-charset.ts";

/**
 * Content-Types by glob, as in `{ "feed": "application/rss+xml", "*.glb": "model/gltf-binary" }`: the first
 * that matches counts. Globs are those of `SiteFileRules`; one without a slash matches names in every folder.
 */
export type ContentTypeRules = Readonly<Record<string, string>>;

/** What S3 itself has for an object that was uploaded without a type. */
const unknownType = "binary/octet-stream";

/**
 * Returns the Content-Type of a file: by the rules, by its name, and with `charset=utf-8` where it is text
 * whose bytes are UTF-8. Without that, browsers take text for Windows-1252. What declares another charset
 * itself gets none.
 *
 * @param key Relative to the site's folder.
 * @param chunks Its bytes from the first on, of which only text is read; as `fileChunks` returns them.
 */
export function contentTypeOf(
  key: string,
  chunks: Iterable<Uint8Array>,
  rules: ContentTypeRules = {},
): string {
  const type = givenType(key, rules) ?? typeByName(key);
  const isBare = !type.includes(";");
  return isBare && isText(type) && isUtf8Text(chunks, type) ? `${type}; charset=utf-8` : type;
}

/** Returns the type of a file without its charset, in lower case: by the rules, else by its name. */
export function mediaTypeOf(key: string, rules: ContentTypeRules = {}): string {
  const type = givenType(key, rules) ?? typeByName(key);
  return type.replace(/;.*$/s, "").trim().toLowerCase();
}

type Matcher = readonly [isMatch: (key: string) => boolean, type: string];

/** Compiled once: a site asks for each of its files. */
const matchers = new WeakMap<ContentTypeRules, readonly Matcher[]>();

function givenType(key: string, rules: ContentTypeRules): string | undefined {
  const compiled = matchers.get(rules) ?? Object.entries(rules).map(matcherOf);
  matchers.set(rules, compiled);
  return compiled.find(([isMatch]) => isMatch(key))?.[1];
}

function matcherOf([glob, type]: readonly [string, string]): Matcher {
  const isMatch = picomatch(glob, { dot: true, nonegate: true, basename: !glob.includes("/") });
  return [(key) => isMatch(key), type];
}

/** Types of vendors, which most sites have none of: made when a name is not among the others. */
let other: Mime | undefined;

function typeByName(key: string): string {
  // The slash makes a name without a dot one without an extension, wherever it is.
  const path = `/${key}`;
  return (
    wellKnownType(path) ??
    standard.getType(path) ??
    (other ??= new Mime(otherTypes)).getType(path) ??
    unknownType
  );
}

/** Names without an extension that a standard or a vendor gives a type, in the root or in `.well-known`. */
const wellKnownTypes: Readonly<Record<string, string>> = {
  // https://developer.apple.com/documentation/xcode/supporting-associated-domains
  "apple-app-site-association": "application/json",
  // RFC 6415, 8414, 9728, 7033; OpenID Connect Discovery 1.0; Matrix; FedCM; WebAuthn
  "host-meta": "application/xrd+xml",
  "oauth-authorization-server": "application/json",
  "oauth-protected-resource": "application/json",
  webfinger: "application/jrd+json",
  "openid-configuration": "application/json",
  "matrix/client": "application/json",
  "matrix/server": "application/json",
  "web-identity": "application/json",
  webauthn: "application/json",
  "passkey-endpoints": "application/json",
  nodeinfo: "application/json",
  "traffic-advice": "application/trafficadvice+json",
  "atproto-did": "text/plain",
  "apple-developer-merchantid-domain-association": "text/plain",
};

function wellKnownType(path: string): string | undefined {
  if (path === "/apple-app-site-association") return wellKnownTypes[path.slice(1)];
  const name = path.startsWith("/.well-known/") ? path.slice("/.well-known/".length) : "";
  if (Object.hasOwn(wellKnownTypes, name)) return wellKnownTypes[name];
  // RFC 8555, 8.3
  return name.startsWith("acme-challenge/") ? "text/plain" : undefined;
}

function isText(mediaType: string): boolean {
  return (
    mediaType.startsWith("text/") ||
    /^application\/(?:json|json5|xml|xml-dtd|(?:x-)?javascript|ecmascript)$/.test(mediaType) ||
    /\+(?:json|xml)$/.test(mediaType)
  );
}
