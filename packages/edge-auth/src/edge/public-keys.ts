import type { KeyObject } from "node:crypto";
import type { SignedText } from "./auth-engine.ts";
import type { PublicKey, SignatureAlgorithm } from "./compiled-edge-auth.ts";

const crypto = process.getBuiltinModule("node:crypto");

/** Made once for each key: that takes longer than the check of a signature. */
const keyObjects = new WeakMap<PublicKey, KeyObject>();

function keyObjectOf(key: PublicKey): KeyObject {
  const known = keyObjects.get(key);
  if (known !== undefined) return known;
  const made = crypto.createPublicKey({ key: { ...key }, format: "jwk" });
  keyObjects.set(key, made);
  return made;
}

/** Whether one of the keys, of those with the token's key id where it has one, has signed a text (RFC 7518). */
export function isSignedByOneOf(
  keys: readonly PublicKey[],
  { alg, kid, text, signature }: SignedText,
): boolean {
  return keys.some(
    (key) =>
      key.alg === alg &&
      (kid === undefined || key.kid === undefined || key.kid === kid) &&
      crypto.verify(
        alg === "EdDSA" ? null : "sha256",
        Buffer.from(text),
        { key: keyObjectOf(key), dsaEncoding: "ieee-p1363" },
        Buffer.from(signature, "base64url"),
      ),
  );
}

/**
 * Returns a JSON Web Key with nothing but what a signature check needs, or `undefined` where it is none for
 * signatures of RS256, ES256 or EdDSA.
 */
export function publicKeyOf(jwk: Readonly<Record<string, unknown>>): PublicKey | undefined {
  const { kty, crv, use, kid, n, e, x, y } = jwk as Partial<Record<string, string>>;
  const algorithms: Readonly<Record<string, SignatureAlgorithm>> = {
    RSA: "RS256",
    "EC P-256": "ES256",
    "OKP Ed25519": "EdDSA",
  };
  const alg = algorithms[crv === undefined ? `${kty}` : `${kty} ${crv}`];
  if (alg === undefined || kty === undefined) return undefined;
  if ((use ?? "sig") !== "sig" || (jwk["alg"] ?? alg) !== alg) return undefined;
  const key = JSON.parse(JSON.stringify({ alg, kty, kid, crv, n, e, x, y })) as PublicKey;
  try {
    keyObjectOf(key);
    return key;
  } catch {
    return undefined;
  }
}
