import { quoteValue, violation } from "./result-violation.ts";
import type { ResultViolation } from "./result-violation.ts";
import { viewerText } from "./viewer-text.ts";

/** A body that a function gave. */
export interface AcceptedBody {
  readonly encoding: "text" | "base64";
  /** As the function wrote it: base64 is not yet decoded. */
  readonly data: string;
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/;

/** What a body is checked for. */
export interface BodyScope {
  /** Property path, as in `body` or `body.data`. */
  readonly subject: string;
  readonly encoding: unknown;
  readonly defaultEncoding: "text" | "base64";
  readonly encodingFactId: string;
  readonly sizeFactId: string;
  /** How many bytes a body of an encoding may have, counted as written. */
  readonly maxBytes: (encoding: "text" | "base64") => number;
}

/** Checks a body's type, encoding and size. */
export function checkBody(data: unknown, scope: BodyScope): AcceptedBody | ResultViolation {
  const { subject, encoding = scope.defaultEncoding } = scope;
  if (typeof data !== "string") {
    return violation(
      "LE-D-26",
      viewerText.body,
      subject,
      `must be a string: got ${quoteValue(data)}.`,
    );
  }
  if (encoding !== "text" && encoding !== "base64") {
    return violation(
      scope.encodingFactId,
      viewerText.body,
      subject,
      `has an unknown encoding: got ${quoteValue(encoding)}. Use "text" or "base64".`,
    );
  }
  if (encoding === "base64" && (data.length % 4 !== 0 || !BASE64.test(data))) {
    return violation(
      scope.encodingFactId,
      viewerText.body,
      subject,
      `is not valid base64: got ${quoteValue(data)}.`,
    );
  }
  const maxBytes = scope.maxBytes(encoding);
  if (exceedsBytes(data, maxBytes)) {
    return violation(
      scope.sizeFactId,
      viewerText.body,
      subject,
      `is too large: got ${utf8Bytes(data)} bytes. At most ${maxBytes} bytes are allowed here.`,
    );
  }
  return { encoding, data };
}

/** Returns the number of bytes of a string in UTF-8. */
export function utf8Bytes(text: string): number {
  let bytes = text.length;
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code > 0x7ff) {
      // Each half of a surrogate pair counts for two of its four bytes.
      bytes += code >= 0xd800 && code <= 0xdfff ? 1 : 2;
    } else if (code > 0x7f) {
      bytes += 1;
    }
  }
  return bytes;
}

function exceedsBytes(text: string, maxBytes: number): boolean {
  return text.length > maxBytes || (text.length * 3 > maxBytes && utf8Bytes(text) > maxBytes);
}
