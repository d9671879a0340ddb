import type { RequestReader } from "edge-handler";
import type { ClaimHeaders, Claims } from "protected-paths";
import type { CompiledToken } from "./compiled-edge-auth.ts";
import type { TokenDecision } from "./decide-token.ts";

/** What a decision asks of an engine. */
export interface AuthEngine<Request> {
  readonly reader: RequestReader<Request>;
  /** Seconds since 1970. */
  now(): number;
  /** Returns the HMAC-SHA-256 of a text. */
  hmac(key: string, text: string, encoding: "hex" | "base64url"): string;
  /** Returns the UTF-8 text that is encoded; what is not valid gives some other text. */
  decode(text: string, encoding: "base64" | "base64url"): string;
  /** Whether one of the public keys has signed. */
  isSigned(token: CompiledToken, signed: SignedText): boolean;
  /** What is known of tokens. */
  readonly tokens: TokenSupport;
}

/** The decision on tokens: a function whose rules have none does without the code for it. */
export interface TokenSupport {
  decide<Request>(
    token: CompiledToken,
    request: Request,
    engine: AuthEngine<Request>,
  ): TokenDecision;
  /** Headers for the origin. */
  headerLines(
    claimHeaders: ClaimHeaders,
    claims: Claims,
  ): readonly (readonly [name: string, value: string])[];
}

/** What a signature is checked by. */
export interface SignedText {
  readonly alg: unknown;
  readonly kid: unknown;
  /** Header and payload as the token has them. */
  readonly text: string;
  /** base64url */
  readonly signature: string;
}
