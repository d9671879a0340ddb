import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createZstdDecompress,
} from "node:zlib";

/** Bytes above which no more is decoded: a few bytes can stand for gigabytes. */
const maxBytes = 256 * 1024;

/** They take what is cut off: what there is of it is decoded. */
const decoders = {
  br: () => createBrotliDecompress({ finishFlush: constants.BROTLI_OPERATION_FLUSH }),
  gzip: () => createGunzip({ finishFlush: constants.Z_SYNC_FLUSH }),
  deflate: () => createInflate({ finishFlush: constants.Z_SYNC_FLUSH }),
  zstd: () => createZstdDecompress({ finishFlush: constants.ZSTD_e_flush }),
} as const;

/** A coding of Content-Encoding that can be decoded here. */
export type BodyCoding = keyof typeof decoders;

/** Returns a Content-Encoding that can be decoded here; undefined for none and for another. */
export function codingOf(contentEncoding: string): BodyCoding | undefined {
  const name = contentEncoding.trim().toLowerCase();
  if (name === "zstd" && typeof createZstdDecompress !== "function") return undefined;
  return Object.hasOwn(decoders, name) ? (name as BodyCoding) : undefined;
}

/** Decodes a body or the beginning of one; undefined where it is not in that coding. */
export async function decodeBody(
  bytes: Uint8Array,
  coding: BodyCoding,
): Promise<Uint8Array | undefined> {
  const decoder = decoders[coding]();
  const chunks: Buffer[] = [];
  let length = 0;
  decoder.end(bytes);
  try {
    for await (const chunk of decoder as AsyncIterable<Buffer>) {
      chunks.push(chunk);
      length += chunk.byteLength;
      if (length >= maxBytes) break;
    }
  } catch {
    return undefined;
  }
  return Buffer.concat(chunks).subarray(0, maxBytes);
}
