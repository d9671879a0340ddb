import { createPrivateKey, createPublicKey, type KeyObject, sign } from "node:crypto";
import type { Distribution } from "../distribution/distribution.ts";
import { LocalCloudFrontError } from "../local-cloudfront-error.ts";

/**
 * Returns a signed URL with a custom policy.
 *
 * @param url may end in a wildcard, as in `http://127.0.0.1:8787/*`: what follows the `?` of the result
 *   then holds for all that it matches.
 * @param privateKey PEM; its public key is in a key group of the distribution.
 * @param expiresMs since the Unix epoch
 * @throws {LocalCloudFrontError} when it is no private key, or when no cache behavior trusts it
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-creating-signed-url-custom-policy.html
 */
export function signUrl(
  distribution: Distribution,
  url: string,
  privateKey: string,
  expiresMs: number,
): string {
  const key = readPrivateKey(privateKey);
  const keyId = idOf(createPublicKey(key), distribution);
  const condition = { DateLessThan: { "AWS:EpochTime": Math.floor(expiresMs / 1000) } };
  const policy = JSON.stringify({ Statement: [{ Resource: url, Condition: condition }] });
  const signature = sign("sha256", Buffer.from(policy), key);
  const bare = url.replace(/\*.*$/, "");
  const separator = bare.includes("?") ? "&" : "?";
  return `${bare}${separator}Policy=${encode(policy)}&Signature=${encode(signature)}&Key-Pair-Id=${keyId}&Hash-Algorithm=SHA256`;
}

function readPrivateKey(pem: string): KeyObject {
  try {
    return createPrivateKey(pem);
  } catch (cause) {
    throw new LocalCloudFrontError(
      "Private key cannot be read: it must be PEM, RSA or ECDSA, without a passphrase. Pass the key that the public key of the template was made from.",
      { cause },
    );
  }
}

function idOf(publicKey: KeyObject, { cacheBehaviors }: Distribution): string {
  const trusted = cacheBehaviors.flatMap(({ trustedKeys }) => [...(trustedKeys ?? [])]);
  const id = trusted.find(([, pem]) => isSameKey(pem, publicKey))?.[0];
  if (id !== undefined) return id;
  throw new LocalCloudFrontError(
    `Private key is of no public key that a cache behavior trusts: there are ${trusted.map(([known]) => known).join(", ") || "none"}. Pass the private key of an AWS::CloudFront::PublicKey in the key groups of the distribution.`,
  );
}

function isSameKey(pem: string, key: KeyObject): boolean {
  try {
    return createPublicKey(pem).equals(key);
  } catch {
    return false;
  }
}

/** Base64 in the characters that CloudFront takes in URLs. */
function encode(content: string | Uint8Array): string {
  const base64 = Buffer.from(content).toString("base64");
  return base64.replaceAll("+", "-").replaceAll("=", "_").replaceAll("/", "~");
}
