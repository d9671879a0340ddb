import { isObject, isTextList } from "option-checks";
import { compileClaimHeaders, pathPatternSources } from "protected-paths/synth";
import type { CompiledEdgeSignIn, Secret } from "../edge/compiled-edge-sign-in.ts";
import {
  EdgeSignInOptionsError,
  mistake,
  optionsChecks,
  refuseUnknownKeys,
  refuseUnless,
} from "../edge-sign-in-options-error.ts";
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
  refuseUnknownKeys("", options, [
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
  refuseUnless(isLifetime(sessionMinutes), "sessionMinutes", sessionMinutes, [
    "is not valid",
    `Give ${minSessionMinutes} to ${maxSessionMinutes}.`,
  ]);
  const scope = texts("scopes", scopes).join(" ");
  refuseUnless(scopes.includes("openid"), "scopes", scopes, [
    "lacks openid",
    'Give ["openid", …]: without it a provider tells nothing of who signs in.',
  ]);
  return {
    issuer: issuerOf(options.issuer),
    clientId: texts("clientId", options.clientId).join(""),
    ...(clientSecret !== undefined && { clientSecret: secretOf("clientSecret", clientSecret, 1) }),
    sessionKeys: secretOf("sessionKeys", options.sessionKeys, minKeyCharacters),
    scope,
    open: pathPatternSources("publicPaths", options.publicPaths ?? [], optionsChecks),
    paths: pathPatternSources("pathPatterns", options.pathPatterns ?? ["*"], optionsChecks),
    callbackPath: pathOf("callbackPath", options.callbackPath ?? "/_sign-in/callback"),
    signOutPath: pathOf("signOutPath", options.signOutPath ?? "/_sign-in/out"),
    signedOutPath: pathOf("signedOutPath", options.signedOutPath ?? "/"),
    sessionSeconds: sessionMinutes * 60,
    claims: claimsOf(options.claims ?? {}),
    claimHeaders: compileClaimHeaders("claimHeaders", options.claimHeaders ?? {}, optionsChecks),
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
  refuseUnless(isSafe, "issuer", issuer, [
    "is not an https: URL",
    "As in https://login.example.com/: what its discovery document says as issuer.",
  ]);
  return String(issuer);
}

function pathOf(name: string, path: unknown): string {
  refuseUnless(typeof path === "string" && /^\/(?!\/)[\w\-./~]*$/.test(path), name, path, [
    "is not a path",
    'As in "/_sign-in/callback": letters, digits and -._~/.',
  ]);
  return String(path);
}

function texts(name: string, value: unknown): readonly string[] {
  const values = typeof value === "string" ? [value] : value;
  if (isTextList(values) && values.length > 0 && values.every((each) => each !== "")) return values;
  const remedy = "Give a text that is not empty, or a list of them where there are several.";
  throw mistake("INVALID_TYPE", name, "is not valid", value, remedy);
}

function claimsOf(claims: unknown): CompiledEdgeSignIn["claims"] {
  if (!isObject(claims)) {
    const remedy = 'As in { groups: ["staff"] }.';
    throw mistake("INVALID_TYPE", "claims", "is not an object", claims, remedy);
  }
  return Object.entries(claims).map(([claim, values]) => [claim, texts(`claims.${claim}`, values)]);
}

/** A message never shows a secret's text. */
function secretOf(name: string, secret: unknown, minCharacters: number): Secret {
  const remedy =
    'Give { secretId: "my-site/sign-in" }, { parameter: "/my-site/sign-in" } or { text }.';
  const keys = isObject(secret) ? Object.keys(secret) : [];
  const [key = ""] = keys;
  if (keys.length !== 1 || !["secretId", "parameter", "text"].includes(key)) {
    throw mistake(
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
    throw mistake("INVALID_TYPE", `${name}.${key}`, "is not a text", typeof value, unset);
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
