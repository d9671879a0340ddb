import type { ClaimHeaders } from "protected-paths";

/** The options as the handler reads them: plain JSON. */
export interface CompiledEdgeSignIn {
  readonly issuer: string;
  readonly clientId: string;
  /** Absent for a public client, which proves itself by PKCE alone. */
  readonly clientSecret?: Secret;
  /** What sessions are sealed with: texts with white space between. The first seals, each of them opens. */
  readonly sessionKeys: Secret;
  readonly scope: string;
  /** Sources of regular expressions for the paths that are open to everybody. */
  readonly open: readonly string[];
  /** The same for the paths that are protected; letter case does not count. */
  readonly paths: readonly string[];
  readonly callbackPath: string;
  readonly signOutPath: string;
  readonly signedOutPath: string;
  readonly sessionSeconds: number;
  /** Each claim must have one of the values. */
  readonly claims: readonly (readonly [name: string, values: readonly string[]])[];
  readonly claimHeaders: ClaimHeaders;
}

/** A secret, or where it is read: in us-east-1, when an execution environment starts, and again after ten minutes. */
export type Secret =
  | { readonly text: string }
  /** The name or ARN of a secret of Secrets Manager. */
  | { readonly secretId: string }
  /** The name of a parameter of Systems Manager. */
  | { readonly parameter: string };
