const fnvOffsetBasis = 0xcbf29ce484222325n;
const fnvPrime = 0x100000001b3n;
const idLength = 13;

/**
 * Returns 13 lower-case letters and digits made from a text: always the same for the same text.
 * Here, logical ids give what AWS chooses at random.
 *
 * @see http://www.isthe.com/chongo/tech/comp/fnv/
 */
export function syntheticText(text: string): string {
  let hash = fnvOffsetBasis;
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * fnvPrime);
  }
  return hash.toString(36).padStart(idLength, "0").slice(-idLength);
}
