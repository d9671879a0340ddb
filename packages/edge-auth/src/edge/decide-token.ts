import { claimHeaderLines, type Claims, textsOf } from "protected-paths";
import type { AuthEngine, TokenSupport } from "./auth-engine.ts";
import type { CompiledToken } from "./compiled-edge-auth.ts";
import type { Refusal } from "./decide.ts";
import { sameText } from "./same-text.ts";

/** A request's token was refused, or has these claims. */
export type TokenDecision = { readonly refusal: Refusal } | { readonly claims: Claims };

/** Returns the claims of a request's token, or why it does not suffice. */
function decideToken<Request>(
  token: CompiledToken,
  request: Request,
  engine: AuthEngine<Request>,
): TokenDecision {
  const text = tokenOf(token, request, engine);
  if (!text) return refused(401, "no token", "Bearer");
  const claims = signedClaims(token, text, engine);
  const reason = claims ? invalidity(token, claims, engine.now()) : "the token is not valid";
  if (!claims || reason) {
    return refused(
      401,
      reason as string,
      `Bearer error="invalid_token", error_description="${reason}"`,
    );
  }
  const missing = token.scopes.filter((scope) => !scopesOf(claims).includes(scope));
  const lacks = token.claims.find((claim) => !hasOneOf(claims[claim[0]], claim[1]));
  if (missing.length === 0 && !lacks) return { claims };
  const scope = token.scopes.length > 0 ? `, scope="${token.scopes.join(" ")}"` : "";
  return refused(
    403,
    lacks ? `the claim ${lacks[0]} does not suffice` : `the scope ${missing.join(" ")} is missing`,
    `Bearer error="insufficient_scope"${scope}`,
  );
}

/** Tokens as they are decided where rules ask for them. */
export const tokenSupport: TokenSupport = { decide: decideToken, headerLines: claimHeaderLines };

function refused(status: 401 | 403, reason: string, challenge: string): TokenDecision {
  return { refusal: { status, reason, challenge } };
}

function tokenOf<Request>(
  token: CompiledToken,
  request: Request,
  engine: AuthEngine<Request>,
): string | undefined {
  if (token.cookie === undefined) {
    const value = engine.reader.header(request, token.header as string) || "";
    return value.replace(/^bearer +/i, "");
  }
  const start = `${token.cookie}=`;
  const cookies = (engine.reader.header(request, "cookie") || "").split("; ");
  const cookie = cookies.find((each) => each.startsWith(start));
  return cookie && cookie.slice(start.length);
}

/** RFC 7515, RFC 7519: how it must be signed is known, so what the token says of that only has to agree. */
function signedClaims<Request>(
  token: CompiledToken,
  text: string,
  engine: AuthEngine<Request>,
): Claims | undefined {
  const parts = text.split(".");
  if (parts.length !== 3) return undefined;
  const signedText = `${parts[0]}.${parts[1]}`;
  const signature = parts[2] as string;
  const header = objectOf(engine.decode(parts[0] as string, "base64url"));
  // RFC 7515, 4.1.11: what is critical would have to be understood.
  if (!header || header["crit"] !== undefined) return undefined;
  const isSigned =
    token.secret === undefined
      ? engine.isSigned(token, {
          alg: header["alg"],
          kid: header["kid"],
          text: signedText,
          signature,
        })
      : header["alg"] === "HS256" &&
        sameText(engine.hmac(token.secret, signedText, "base64url"), signature);
  return isSigned ? objectOf(engine.decode(parts[1] as string, "base64url")) : undefined;
}

function objectOf(json: string): Claims | undefined {
  try {
    const value: unknown = JSON.parse(json);
    return typeof value === "object" && value && !Array.isArray(value)
      ? (value as Claims)
      : undefined;
  } catch {
    return undefined;
  }
}

function invalidity(token: CompiledToken, claims: Claims, now: number): string | undefined {
  const expires = claims["exp"];
  const begins = claims["nbf"];
  if (claims["iss"] !== token.issuer) return "the token is of another issuer";
  if (!hasOneOf(claims["aud"], token.audience)) return "the token is for another audience";
  if (typeof expires !== "number") return "the token has no exp";
  if (now >= expires + token.leewaySeconds) return "the token has expired";
  if (begins !== undefined && !((begins as number) <= now + token.leewaySeconds)) {
    return "the token is not valid yet";
  }
  return undefined;
}

function hasOneOf(claim: unknown, allowed: readonly string[]): boolean {
  const texts = textsOf(claim);
  return allowed.some((each) => texts.includes(each));
}

/** RFC 8693, 4.2: one text; some issuers write a list, or call it `scp`. */
function scopesOf(claims: Claims): readonly string[] {
  return textsOf(claims["scope"] || claims["scp"])
    .join(" ")
    .split(" ");
}
