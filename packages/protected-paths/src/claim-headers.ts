import { encodeText } from "edge-handler";

/** What is known of a viewer, by name. */
export type Claims = Readonly<Record<string, unknown>>;

/** Headers for the origin, in lower case, and the claims that they get. */
export type ClaimHeaders = readonly (readonly [header: string, claim: string])[];

/** Returns the headers that give the origin claims, as far as a viewer has them. */
export function claimHeaderLines(
  claimHeaders: ClaimHeaders,
  claims: Claims,
): readonly (readonly [name: string, value: string])[] {
  return claimHeaders
    .map((each) => [each[0], headerValue(claims[each[1]])] as const)
    .filter((each) => each[1] !== "");
}

/** What is not visible ASCII is percent-encoded, and so are "," and "%". */
function headerValue(claim: unknown): string {
  return textsOf(claim)
    .map((text) => text.replace(/[^!-$&-+\--~]+/g, encodeText))
    .join(",");
}

/** Returns the values of a claim as texts: it is one, or a list of them. */
export function textsOf(claim: unknown): readonly string[] {
  const values: readonly unknown[] = Array.isArray(claim) ? claim : [claim];
  return values.filter((value) => /^[bns]/.test(typeof value)).map(String);
}
