/** A hash of 64 bits in two whole numbers of 32 bits each. */
export type TextHash = readonly [high: number, low: number];

/** Returns a hash that is always the same for a text: FNV-1a, once with each of two primes, the bits mixed. */
export function hashText(text: string): TextHash {
  let high = 0x811c9dc5;
  let low = 0xc9dc5118;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    high = Math.imul(high ^ code, 0x01000193);
    low = Math.imul(low ^ code, 0x01000197);
  }
  return [mixed(high), mixed(low)];
}

/** Returns the hash of a sequence of texts, of which the last is still to be added. */
export function hashAfter([high, low]: TextHash, [nextHigh, nextLow]: TextHash): TextHash {
  return [mixed(Math.imul(high, 31) + nextHigh), mixed(Math.imul(low, 31) + nextLow)];
}

/** Returns the first 53 bits of a hash, as a whole number. */
export function hashNumber([high, low]: TextHash): number {
  return (high >>> 0) * 2 ** 21 + (low >>> 11);
}

function mixed(bits: number): number {
  const product = Math.imul(bits ^ (bits >>> 16), 0x85ebca6b);
  return product ^ (product >>> 13);
}
