import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from "jose";

/** What a token says; an undefined claim is left out. */
type Claims = Readonly<Record<string, unknown>>;

/** The issuer and audience of all tokens here, unless a test says otherwise. */
export const issuer = "https://login.example.com/";
export const audience = "notes";

/** A key pair of an issuer. */
export interface SigningKey {
  readonly alg: string;
  readonly kid: string;
  readonly jwk: JWK;
  sign(claims?: Claims, header?: Readonly<Record<string, unknown>>): Promise<string>;
}

/** Returns a token's claims that suffice, with changes. */
export function claimsWith(changes: Claims = {}): JWTPayload {
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: issuer, aud: audience, sub: "ada", exp: now + 600, ...changes };
  return JSON.parse(JSON.stringify(claims)) as JWTPayload;
}

/** Makes a key pair. */
export async function signingKey(alg: string, kid = `${alg} key`): Promise<SigningKey> {
  const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid, alg, use: "sig" };
  return {
    alg,
    kid,
    jwk,
    sign: (claims, header) =>
      new SignJWT(claimsWith(claims)).setProtectedHeader({ alg, kid, ...header }).sign(privateKey),
  };
}

/** Returns a token of HS256. */
export function signWithSecret(secret: string, claims?: Claims): Promise<string> {
  return new SignJWT(claimsWith(claims))
    .setProtectedHeader({ alg: "HS256" })
    .sign(new TextEncoder().encode(secret));
}
