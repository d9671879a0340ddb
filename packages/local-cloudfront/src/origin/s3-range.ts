/** What S3 makes of a Range header. */
export type S3Range =
  | { readonly kind: "whole" }
  | { readonly kind: "part"; readonly first: number; readonly last: number }
  | { readonly kind: "unsatisfiable" };

const whole: S3Range = { kind: "whole" };

/**
 * Reads a Range header. S3 serves one range per request; several, and what is no range of bytes,
 * are answered with the whole object.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html
 */
export function readS3Range(range: string | undefined, objectBytes: number): S3Range {
  const match = /^\s*bytes=\s*(\d*)\s*-\s*(\d*)\s*$/i.exec(range ?? "");
  if (match === null) return whole;
  const [, from = "", to = ""] = match;
  if (from === "") return to === "" ? whole : lastBytes(Number(to), objectBytes);
  const first = Number(from);
  if (to !== "" && Number(to) < first) return whole;
  if (first >= objectBytes) return { kind: "unsatisfiable" };
  const last = to === "" ? objectBytes - 1 : Math.min(Number(to), objectBytes - 1);
  return { kind: "part", first, last };
}

function lastBytes(count: number, objectBytes: number): S3Range {
  if (count === 0 || objectBytes === 0) return { kind: "unsatisfiable" };
  return { kind: "part", first: Math.max(0, objectBytes - count), last: objectBytes - 1 };
}
