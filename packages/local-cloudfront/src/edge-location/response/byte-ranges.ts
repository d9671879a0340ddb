/** A part of an object, both ends included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** What a Range header asks of an object. */
export type RequestedRanges =
  /** The whole: there is no range, or not one that CloudFront follows. */
  | { readonly kind: "whole" }
  | { readonly kind: "parts"; readonly parts: readonly [ByteRange, ...ByteRange[]] }
  /** Right in form, but all of it lies beyond the object. */
  | { readonly kind: "unsatisfiable" };

const whole: RequestedRanges = { kind: "whole" };

/**
 * Reads a Range header. Ranges must be valid, in ascending order and must not overlap: otherwise
 * CloudFront returns the whole object (CF-G-34).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RangeGETs.html
 */
export function readByteRanges(range: string, totalBytes: number): RequestedRanges {
  const list = /^\s*bytes\s*=(.*)$/is.exec(range)?.[1];
  if (list === undefined) return whole;
  const parts: ByteRange[] = [];
  let lastAsked = -1;
  for (const element of list.split(",")) {
    const part = readByteRange(element, totalBytes);
    // In order or not is a matter of what is asked, whether the object has it or not.
    if (part === undefined || part.first <= lastAsked) return whole;
    lastAsked = part.last;
    if (part.first < totalBytes) {
      parts.push({ first: part.first, last: Math.min(part.last, totalBytes - 1) });
    }
  }
  const [first, ...others] = parts;
  return first === undefined
    ? { kind: "unsatisfiable" }
    : { kind: "parts", parts: [first, ...others] };
}

/** Returns what is asked, which may lie beyond the object; undefined where it is invalid. */
function readByteRange(element: string, totalBytes: number): ByteRange | undefined {
  const [from = "", to = "", ...more] = element.split("-").map((text) => text.trim());
  const isRange = more.length === 0 && element.includes("-") && /^\d*$/.test(from + to);
  if (!isRange || (from === "" && to === "")) return undefined;
  if (from === "") {
    return { first: Math.max(totalBytes - Number(to), 0), last: totalBytes };
  }
  const first = Number(from);
  const last = to === "" ? Infinity : Number(to);
  return last < first ? undefined : { first, last };
}
