import type { ClaimHeaders } from "protected-paths";

/** The options as the handlers read them: plain JSON. */
export interface CompiledEdgeAuth {
  /** Sources of regular expressions for the paths that are open to everybody. */
  readonly open: readonly string[];
  /** The first whose paths match decides. */
  readonly rules: readonly CompiledAuthRule[];
  /** Headers that only this function sets, in lower case: what a viewer sends in them is dropped. */
  readonly ownHeaders: readonly string[];
  /** The CloudFront Function that is enough for the rules: that without tokens. */
  readonly variant?: "basic";
}

/** Who may see some paths. Exactly one of the ways is given. */
export interface CompiledAuthRule {
  /** Sources of regular expressions, in which letter case does not count. */
  readonly paths: readonly string[];
  readonly basic?: CompiledBasic;
  readonly token?: CompiledToken;
}

/** HTTP's Basic scheme (RFC 7617). */
export interface CompiledBasic {
  readonly realm: string;
  /** Of each user: a salt, and the HMAC-SHA-256 with it of `name:password`, hexadecimal. */
  readonly users: readonly (readonly [salt: string, hash: string])[];
}

/** A JSON Web Token (RFC 7519) in a header or a cookie. */
export interface CompiledToken {
  /** In lower case; exactly one of the two is given. */
  readonly header?: string;
  readonly cookie?: string;
  /** The key of HS256. */
  readonly secret?: string;
  /** Public keys. */
  readonly keys?: readonly PublicKey[];
  /** Where to fetch public keys. */
  readonly jwksUrl?: string;
  readonly issuer: string;
  /** The token must be for one of them. */
  readonly audience: readonly string[];
  readonly leewaySeconds: number;
  /** Each claim must have one of the values. */
  readonly claims: readonly (readonly [name: string, values: readonly string[]])[];
  /** The token must have them all. */
  readonly scopes: readonly string[];
  /** Headers for the origin, and the claims that they get. */
  readonly claimHeaders: ClaimHeaders;
  /** Whether the token goes on to the origin. */
  readonly isForwarded: boolean;
  /** Whether a CORS preflight, which never carries a token, passes. */
  readonly passesPreflights: boolean;
}

/** A JSON Web Key (RFC 7517) with what takes part in a signature check. */
export interface PublicKey {
  readonly alg: SignatureAlgorithm;
  readonly kid?: string;
  readonly kty: string;
  readonly crv?: string;
  readonly n?: string;
  readonly e?: string;
  readonly x?: string;
  readonly y?: string;
}

/** How a token may be signed with a private key. */
export type SignatureAlgorithm = "RS256" | "ES256" | "EdDSA";
