import { randomBytes as randomBytesOfNode } from "node:crypto";

const poolBytes = 8192;
let pool = Buffer.alloc(0);
let offset = 0;

/** Returns random bytes; asking the system for many at once costs as much as for a few. */
export function randomBytes(count: number): Buffer {
  if (offset + count > pool.length) {
    pool = randomBytesOfNode(Math.max(poolBytes, count));
    offset = 0;
  }
  offset += count;
  return pool.subarray(offset - count, offset);
}
