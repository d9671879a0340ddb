import { isObject } from "option-checks";
import {
  compileClaimHeaders,
  compileClaims,
  oneOrMoreTexts,
  pathPatternSources,
} from "protected-paths/synth";
import type { CompiledEdgeSignIn, Secret } from "../edge/compiled-edge-sign-in.ts";
import { checks, EdgeSignInOptionsError } from "../edge-sign-in-options-error.ts";
import type { EdgeSignInOptions } from "./edge-sign-in-options.ts";

const minKeyCharacters = 32;
const maxSessionMinutes = 1440;
const minSessionMinutes = 5;

/**
 * Returns the options in the form that the handler takes.
 *
 * @throws {EdgeSignInOptionsError}
 */
export function compileEdgeSignIn(options: EdgeSignInOptions): CompiledEdgeSignIn {
  checks.refuseUnknownKeys("", options, [
    "issuer",
    "clientId",
    "clientSecret",
    "sessionKeys",
    "pathPatterns",
    "publicPaths",
    "scopes",
    "claims",
    "claimHeaders",
    "sessionMinutes",
    "callbackPath",
    "signOutPath",
    "signedOutPath",
  ]);
  const { clientSecret, scopes = ["openid", "profile", "email"], sessionMinutes = 60 } = options;
  checks.refuseUnless(isLifetime(sessionMinutes), "sessionMinutes", sessionMinutes, [
    "is not valid",
    `Give ${minSessionMinutes} to ${maxSessionMinutes}.`,
  ]);
  const scope = oneOrMoreTexts("scopes", scopes, "Give names of scopes.", checks).join(" ");
  checks.refuseUnless(scopes.includes("openid"), "scopes", scopes, [
    "lacks openid",
    'Give ["openid", …]: without it a provider does not say who signs in.',
  ]);
  return {
    issuer: issuerOf(options.issuer),
    clientId: clientIdOf(options.clientId),
    ...(clientSecret !== undefined && { clientSecret: secretOf("clientSecret", clientSecret, 1) }),
    sessionKeys: secretOf("sessionKeys", options.sessionKeys, minKeyCharacters),
    scope,
    open: pathPatternSources("publicPaths", options.publicPaths ?? [], checks),
    paths: pathPatternSources("pathPatterns", options.pathPatterns ?? ["*"], checks),
    callbackPath: pathOf("callbackPath", options.callbackPath ?? "/_sign-in/callback"),
    signOutPath: pathOf("signOutPath", options.signOutPath ?? "/_sign-in/out"),
    signedOutPath: pathOf("signedOutPath", options.signedOutPath ?? "/"),
    sessionSeconds: sessionMinutes * 60,
    claims: compileClaims("claims", options.claims ?? {}, checks),
    claimHeaders: compileClaimHeaders("claimHeaders", options.claimHeaders ?? {}, checks),
  };
}

function isLifetime(value: unknown): boolean {
  return typeof value === "number" && value >= minSessionMinutes && value <= maxSessionMinutes;
}

function issuerOf(issuer: unknown): string {
  const url = typeof issuer === "string" ? URL.parse(issuer) : null;
  // On this machine, in tests, a provider has no certificate.
  const isSafe =
    url?.protocol === "https:" || /^(?:127\.0\.0\.1|localhost)$/.test(url?.hostname ?? "");
  checks.refuseUnless(isSafe, "issuer", issuer, [
    "is not an https: URL",
    "As in https://login.example.com/: what its discovery document says as issuer.",
  ]);
  return String(issuer);
}

function clientIdOf(clientId: unknown): string {
  if (typeof clientId === "string" && clientId !== "") return clientId;
  const remedy = "Give what the provider calls this site.";
  throw checks.invalidType("clientId", "is not valid", clientId, remedy);
}

function pathOf(name: string, path: unknown): string {
  checks.refuseUnless(typeof path === "string" && /^\/(?!\/)[\w\-./~]*$/.test(path), name, path, [
    "is not a path",
    'As in "/_sign-in/callback": letters, digits and -._~/.',
  ]);
  return String(path);
}

/** A message never shows a secret's text. */
function secretOf(name: string, secret: unknown, minCharacters: number): Secret {
  const remedy =
    'Give { secretId: "my-site/sign-in" }, { parameter: "/my-site/sign-in" } or { text }.';
  const keys = isObject(secret) ? Object.keys(secret) : [];
  const [key = ""] = keys;
  if (keys.length !== 1 || !["secretId", "parameter", "text"].includes(key)) {
    throw checks.mistake(
      "INVALID_TYPE",
      name,
      "is not a secret",
      keys.length > 0 ? keys : typeof secret,
      remedy,
    );
  }
  const value = (secret as Readonly<Record<string, unknown>>)[key];
  if (typeof value !== "string" || value === "") {
    const unset = `${remedy} Is its environment variable set?`;
    throw checks.mistake("INVALID_TYPE", `${name}.${key}`, "is not a text", typeof value, unset);
  }
  const shortest =
    key === "text"
      ? Math.min(
          ...value
            .trim()
            .split(/\s+/)
            .map(({ length }) => length),
        )
      : Infinity;
  if (shortest < minCharacters) {
    throw new EdgeSignInOptionsError(
      "TOO_SHORT",
      `${name}.text is too short: got ${shortest} characters. Give ${minCharacters} at least, as of: openssl rand -base64 32`,
    );
  }
  return { [key]: value } as unknown as Secret;
}
