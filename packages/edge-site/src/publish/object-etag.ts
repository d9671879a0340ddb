import { createHash } from "node:crypto";
import { closeSync, openSync, readSync } from "node:fs";

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html
const maxParts = 10_000;
const mebibyte = 1024 * 1024;

/** Bytes of an object above which it is stored in parts, and of a part as long as 10,000 are enough. */
export const multipartThresholdBytes = 16 * mebibyte;

/** Returns the bytes of each part but the last of an object that is stored in parts. */
export function partBytesOf(bytes: number): number {
  const least = Math.ceil(bytes / maxParts / mebibyte) * mebibyte;
  return Math.max(multipartThresholdBytes, least);
}

/**
 * Returns the ETag that S3 gives a file which is stored as a deploy does it, without quotes: the MD5 of its
 * content, or for one in parts the MD5 of the parts' MD5s and their number. The file is read piece by
 * piece.
 *
 * @see https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html
 */
export function objectEtag(file: string, bytes: number): string {
  const descriptor = openSync(file, "r");
  try {
    if (bytes <= multipartThresholdBytes) {
      return md5OfRange(descriptor, 0, multipartThresholdBytes).toString("hex");
    }
    const partBytes = partBytesOf(bytes);
    const parts = Math.ceil(bytes / partBytes);
    const whole = createHash("md5");
    for (let part = 0; part < parts; part += 1) {
      whole.update(md5OfRange(descriptor, part * partBytes, partBytes));
    }
    return `${whole.digest("hex")}-${parts}`;
  } finally {
    closeSync(descriptor);
  }
}

const piece = Buffer.allocUnsafe(mebibyte);

/** Of so many bytes from a position on, or of those that there are. */
function md5OfRange(descriptor: number, from: number, bytes: number): Buffer {
  const hash = createHash("md5");
  for (let at = from; at < from + bytes;) {
    const read = readSync(descriptor, piece, 0, Math.min(piece.length, from + bytes - at), at);
    if (read === 0) break;
    hash.update(piece.subarray(0, read));
    at += read;
  }
  return hash.digest();
}
