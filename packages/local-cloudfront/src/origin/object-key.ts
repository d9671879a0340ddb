import { percentEncodeBytes } from "../http/byte-string.ts";

/** What S3 makes of the path of a request. */
export type ObjectKey =
  | { readonly kind: "key"; readonly key: string }
  /** The path is not percent-encoded UTF-8. */
  | { readonly kind: "invalid" }
  | { readonly kind: "too-long" };

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html
const maxKeyBytes = 1024;

/**
 * Reads the key of an object from the raw path of a request: `+` is a space, the rest is decoded
 * once (CF-H-09, CF-H-10). Dots, empty segments and trailing slashes are part of the key (CF-H-08).
 *
 * @param rawPath starts with `/`, the origin's path included
 */
export function readObjectKey(rawPath: string): ObjectKey {
  const encoded = percentEncodeBytes(rawPath.slice(1).replaceAll("+", " "));
  let key: string;
  try {
    key = decodeURIComponent(encoded);
  } catch {
    return { kind: "invalid" };
  }
  return Buffer.byteLength(key) > maxKeyBytes ? { kind: "too-long" } : { kind: "key", key };
}
