import { promisify } from "node:util";
import { brotliCompress, brotliDecompress, constants, gunzip, gzip } from "node:zlib";
import { copyHeaders } from "../http/empty-headers.ts";
import type { HttpResponse } from "../http/http-message.ts";

/** Longer documents are left as they are. */
const maxBytes = 8 * 1024 * 1024;

interface Coding {
  decode(bytes: Uint8Array): Promise<Uint8Array>;
  encode(bytes: Uint8Array): Promise<Uint8Array>;
}

/** Those in which CloudFront compresses. */
const codings: Readonly<Record<string, Coding>> = {
  gzip: {
    decode: (bytes) => promisify(gunzip)(bytes, { maxOutputLength: maxBytes }),
    encode: (bytes) => promisify(gzip)(bytes),
  },
  br: {
    decode: (bytes) => promisify(brotliDecompress)(bytes, { maxOutputLength: maxBytes }),
    encode: (bytes) =>
      promisify(brotliCompress)(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }),
  },
};

const identity: Coding = { decode: async (bytes) => bytes, encode: async (bytes) => bytes };

/**
 * Returns a response with a text at the end of its body, in the encoding that it has; the response itself where
 * that cannot be done, or the text is empty.
 *
 * @param textFor takes the body, one character a byte; returns ASCII
 */
export async function appendToBody(
  response: HttpResponse,
  textFor: (body: string) => string,
): Promise<HttpResponse> {
  const { body, status, isIncomplete } = response;
  const isWhole = status !== 206 && isIncomplete !== true && body instanceof Uint8Array;
  if (!isWhole || body.byteLength === 0 || body.byteLength > maxBytes) return response;
  const contentEncoding = response.headers["content-encoding"]?.[0]?.value;
  const coding = contentEncoding === undefined ? identity : codings[contentEncoding];
  if (coding === undefined) return response;
  const decoded = await coding.decode(body).catch(() => undefined);
  const text = decoded && textFor(Buffer.from(decoded).toString("latin1"));
  if (decoded === undefined || text === undefined || text === "") return response;
  const appended = await coding.encode(Buffer.concat([decoded, Buffer.from(text)]));
  const headers = copyHeaders(response.headers);
  if (headers["content-length"] !== undefined) {
    headers["content-length"] = [{ key: "Content-Length", value: String(appended.byteLength) }];
  }
  return { ...response, headers, body: appended };
}
