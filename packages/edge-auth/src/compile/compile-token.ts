import { isObject } from "option-checks";
import { compileClaimHeaders, compileClaims, oneOrMoreTexts } from "protected-paths/synth";
import type { CompiledToken, PublicKey } from "../edge/compiled-edge-auth.ts";
import { publicKeyOf } from "../edge/public-keys.ts";
import { checks, EdgeAuthOptionsError } from "../edge-auth-options-error.ts";
import type { TokenOptions } from "./edge-auth-options.ts";
import { onlyOneOf } from "./only-one-of.ts";

const minSecretBytes = 32;
const maxLeewaySeconds = 600;
const token = /^[!#$%&'*+\-.^_`|~\dA-Za-z]+$/;

const optionNames = [
  "issuer",
  "audience",
  "from",
  "jwks",
  "jwksUrl",
  "secret",
  "leewaySeconds",
  "claims",
  "scopes",
  "claimHeaders",
  "forwardToken",
  "allowPreflights",
] as const satisfies readonly (keyof TokenOptions)[];

/** @param name The option, as in `rules[0].token`. */
export function compileToken(name: string, options: TokenOptions): CompiledToken {
  checks.refuseUnknownKeys(name, options, optionNames);
  const { issuer, jwks, jwksUrl, secret, leewaySeconds = 60, scopes = [] } = options;
  const { forwardToken = false, allowPreflights = false } = options;
  onlyOneOf(name, { jwks, jwksUrl, secret });
  checks.refuseUnless(typeof issuer === "string" && issuer !== "", `${name}.issuer`, issuer, [
    "is not an issuer",
    "Give the iss of its tokens, as in https://login.example.com/.",
  ]);
  checks.refuseUnless(isLeeway(leewaySeconds), `${name}.leewaySeconds`, leewaySeconds, [
    "is not valid",
    `Give 0 to ${maxLeewaySeconds}.`,
  ]);
  checks.refuseNoBoolean(`${name}.forwardToken`, forwardToken);
  checks.refuseNoBoolean(`${name}.allowPreflights`, allowPreflights);
  return {
    ...placeOf(`${name}.from`, options.from ?? { header: "authorization" }),
    ...(secret !== undefined && { secret: checkedSecret(`${name}.secret`, secret) }),
    ...(jwks !== undefined && { keys: keysOf(`${name}.jwks`, jwks) }),
    ...(jwksUrl !== undefined && { jwksUrl: checkedUrl(`${name}.jwksUrl`, jwksUrl) }),
    issuer,
    audience: oneOrMoreTexts(
      `${name}.audience`,
      options.audience,
      "Give the aud of its tokens.",
      checks,
    ),
    leewaySeconds,
    claims: compileClaims(`${name}.claims`, options.claims ?? {}, checks),
    scopes:
      scopes.length === 0
        ? []
        : oneOrMoreTexts(`${name}.scopes`, scopes, "Give names of scopes.", checks),
    claimHeaders: compileClaimHeaders(`${name}.claimHeaders`, options.claimHeaders ?? {}, checks),
    isForwarded: forwardToken,
    passesPreflights: allowPreflights,
  };
}

function isLeeway(value: unknown): boolean {
  return typeof value === "number" && value >= 0 && value <= maxLeewaySeconds;
}

function placeOf(name: string, from: unknown): Pick<CompiledToken, "header" | "cookie"> {
  checks.refuseUnknownKeys(name, from, ["header", "cookie"]);
  const { header, cookie } = from as Partial<Record<"header" | "cookie", unknown>>;
  onlyOneOf(name, { header, cookie });
  const place = header ?? cookie;
  checks.refuseUnless(typeof place === "string" && token.test(place), name, from, [
    "is not a place",
    'Give { header: "authorization" } or { cookie: "__Host-token" }.',
  ]);
  return header === undefined
    ? { cookie: place as string }
    : { header: (place as string).toLowerCase() };
}

/** RFC 7518, 3.2. A message never shows the secret. */
function checkedSecret(name: string, secret: unknown): string {
  if (typeof secret !== "string") {
    const remedy = "Is its environment variable set? Give a text.";
    throw checks.mistake("INVALID_TYPE", name, "is not a secret", typeof secret, remedy);
  }
  const bytes = Buffer.byteLength(secret);
  if (bytes >= minSecretBytes) return secret;
  throw new EdgeAuthOptionsError(
    "TOO_SHORT",
    `${name} is too short: got ${bytes} bytes. Give ${minSecretBytes} at least, as HS256 demands.`,
  );
}

function checkedUrl(name: string, url: unknown): string {
  const parsed = typeof url === "string" ? URL.parse(url) : null;
  // On this machine, in tests, an issuer has no certificate.
  const isSafe = parsed?.protocol === "https:" || parsed?.hostname === "127.0.0.1";
  checks.refuseUnless(isSafe, name, url, [
    "is not an https: URL",
    "As in https://login.example.com/.well-known/jwks.json.",
  ]);
  return String(url);
}

function keysOf(name: string, jwks: unknown): readonly PublicKey[] {
  const keys = isObject(jwks) ? jwks["keys"] : undefined;
  const usable = Array.isArray(keys)
    ? keys.filter(isObject).flatMap((key) => publicKeyOf(key) ?? [])
    : [];
  if (usable.length > 0) return usable;
  throw checks.mistake(
    "NO_KEY",
    name,
    "has no key that checks a signature",
    jwks,
    "Give the issuer's key set with a public key for RS256, ES256 or EdDSA.",
  );
}
