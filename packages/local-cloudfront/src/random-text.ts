import { randomFillSync } from "node:crypto";

/** Filled anew once it is used up: a new one each time would live just long enough to grow old. */
const pool = Buffer.allocUnsafeSlow(8192);
let offset = pool.length;

/**
 * Returns random bytes as text; asking the system for many at once costs as much as for a few.
 *
 * @param bytes at most 8192
 */
export function randomText(bytes: number, encoding: "base64" | "base64url" | "hex"): string {
  if (offset + bytes > pool.length) {
    randomFillSync(pool);
    offset = 0;
  }
  offset += bytes;
  return pool.toString(encoding, offset - bytes, offset);
}
