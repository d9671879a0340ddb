/** Who may see which paths: whoever signs in at an OpenID provider. */
export interface EdgeSignInOptions {
  /** The provider, as it names itself in its discovery document: an `https:` URL. */
  readonly issuer: string;
  /** What the provider calls this site. */
  readonly clientId: string;
  /**
   * With what the site proves itself to the provider.
   * @default - none: a public client, by PKCE alone
   */
  readonly clientSecret?: SecretSource;
  /**
   * With what sessions are sealed: 32 characters at least, by chance. Several with white space between: the first
   * seals, each opens, so that one can be replaced without signing everybody out.
   */
  readonly sessionKeys: SecretSource;
  /**
   * Path patterns that are protected, as in a cache behavior; letter case and spelling do not count.
   * @default ["*"]
   */
  readonly pathPatterns?: readonly string[];
  /**
   * Path patterns that are open to everybody, whatever `pathPatterns` say.
   * @default []
   */
  readonly publicPaths?: readonly string[];
  /**
   * What is asked of the provider. With `offline_access` sessions are refreshed without a page of the provider's.
   * @default ["openid", "profile", "email"]
   */
  readonly scopes?: readonly string[];
  /**
   * What else the provider must say of a viewer, by claim: one of these values. Everybody else gets 403.
   * @default {}
   */
  readonly claims?: Readonly<Record<string, string | readonly string[]>>;
  /**
   * Request headers that give the origin claims, by header name: `{ "x-user": "sub" }`. What a viewer sends in them
   * is dropped on all paths. Pages that depend on one need it in the cache key.
   * @default {}
   */
  readonly claimHeaders?: Readonly<Record<string, string>>;
  /**
   * How long a session lasts, unless it is refreshed: 5 to 1440.
   * @default 60
   */
  readonly sessionMinutes?: number;
  /**
   * Where the provider sends viewers back to. Register `https://HOST` and this path with the provider.
   * @default "/_sign-in/callback"
   */
  readonly callbackPath?: string;
  /**
   * What a link to sign out leads to.
   * @default "/_sign-in/out"
   */
  readonly signOutPath?: string;
  /**
   * Where viewers come to who have signed out: an open page, or they are asked to sign in again.
   * @default "/"
   */
  readonly signedOutPath?: string;
}

/**
 * A secret: the name or ARN of one of Secrets Manager, the name of a parameter of Systems Manager, both in us-east-1, or
 * its text, which then is in the function's code.
 */
export type SecretSource =
  | { readonly secretId: string }
  | { readonly parameter: string }
  | { readonly text: string };
