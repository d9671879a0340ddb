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
 * CloudFront answers with the whole object (CF-G-34).
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/RangeGETs.html
 */
export function readByteRanges(range: string, totalBytes: number): RequestedRanges {
  const list = /^\s*bytes\s*=(.*)$/is.exec(range)?.[1];
  if (list === undefined) return whole;
  const parts: ByteRange[] = [];
  for (const element of list.split(",")) {
    const part = readByteRange(element, totalBytes);
    if (part === "invalid") return whole;
    if (part === "beyond") continue;
    if (part.first <= (parts.at(-1)?.last ?? -1)) return whole;
    parts.push(part);
  }
  const [first, ...others] = parts;
  return first === undefined
    ? { kind: "unsatisfiable" }
    : { kind: "parts", parts: [first, ...others] };
}

function readByteRange(element: string, totalBytes: number): ByteRange | "invalid" | "beyond" {
  const match = /^\s*(\d*)\s*-\s*(\d*)\s*$/.exec(element);
  const [, from = "", to = ""] = match ?? [];
  if (match === null || (from === "" && to === "")) return "invalid";
  const last = totalBytes - 1;
  if (from === "") {
    const suffixBytes = Math.min(Number(to), totalBytes);
    return suffixBytes === 0 ? "beyond" : { first: totalBytes - suffixBytes, last };
  }
  const first = Number(from);
  if (to !== "" && Number(to) < first) return "invalid";
  if (first > last) return "beyond";
  return { first, last: to === "" ? last : Math.min(Number(to), last) };
}
