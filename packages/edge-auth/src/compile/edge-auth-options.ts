/** Who may see which paths. */
export interface EdgeAuthOptions {
  /**
   * Path patterns that are open to everybody, whatever the rules say: what a page needs before anybody signs in.
   * @default []
   */
  readonly publicPaths?: readonly string[];
  /** The first whose path patterns match a path decides. Paths that none matches are open. */
  readonly rules: readonly AuthRule[];
}

/** Who may see some paths: exactly one of `basic` and `token` is given. */
export interface AuthRule {
  /**
   * As in a cache behavior: `*` stands for any characters, `?` for one. Letter case does not count here, nor does
   * the way in which a viewer spells the path.
   * @default ["*"]
   */
  readonly pathPatterns?: readonly string[];
  readonly basic?: BasicOptions;
  readonly token?: TokenOptions;
}

/** A name and a password, which the browser asks for. Good for previews: nothing limits how often one may guess. */
export interface BasicOptions {
  /**
   * Passwords by user name, 12 characters at least, or what `edge-auth hash` prints for one. Either way the artefact
   * has a salted hash.
   */
  readonly users: Readonly<Record<string, string>>;
  /**
   * What the browser calls the site.
   * @default "Preview"
   */
  readonly realm?: string;
}

/** A JSON Web Token that another service issues. Exactly one of `jwks`, `jwksUrl` and `secret` is given. */
export interface TokenOptions {
  /** The `iss` of its tokens. */
  readonly issuer: string;
  /** The `aud` of its tokens, or several of which a token has one at least. */
  readonly audience: string | readonly string[];
  /**
   * Where the token is.
   * @default { header: "authorization" }
   */
  readonly from?: { readonly header: string } | { readonly cookie: string };
  /**
   * The issuer's JSON Web Key Set, for RS256, ES256 (P-256) and EdDSA (Ed25519). On Lambda@Edge.
   */
  readonly jwks?: { readonly keys: readonly object[] };
  /**
   * Where the issuer publishes its keys, `https:`. The function fetches them, again after ten minutes and when a token
   * names a key that is not among them; while the issuer is down, the last ones count. On Lambda@Edge.
   */
  readonly jwksUrl?: string;
  /** The key of HS256, 32 bytes at least. Who can read the function's code can read it, and issue tokens. */
  readonly secret?: string;
  /**
   * By how much clocks may differ, for `exp` and `nbf`.
   * @default 60
   */
  readonly leewaySeconds?: number;
  /**
   * What else a token must say, by claim: one of these values.
   * @default {}
   */
  readonly claims?: Readonly<Record<string, string | readonly string[]>>;
  /**
   * The scopes that a token must have, all of them.
   * @default []
   */
  readonly scopes?: readonly string[];
  /**
   * Request headers that give the origin claims, by header name: `{ "x-user": "sub" }`. What a viewer sends in them
   * is dropped on all paths. Pages that depend on one need it in the cache key.
   * @default {}
   */
  readonly claimHeaders?: Readonly<Record<string, string>>;
  /**
   * Whether the token goes on to the origin.
   * @default false
   */
  readonly forwardToken?: boolean;
  /**
   * Whether CORS preflights pass, which never carry a token: for an API that pages of other origins call.
   * @default false
   */
  readonly allowPreflights?: boolean;
}
