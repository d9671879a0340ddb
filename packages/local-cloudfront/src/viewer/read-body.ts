import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";

/**
 * The largest request body that is taken, in bytes.
 *
 * FIDELITY F-BODY-SIZE: CloudFront takes 64 GB; on a developer's machine a body is held in memory.
 */
const maxBodyBytes = 64 * 1024 * 1024;

/** Whether a body follows the head of a request. */
export function announcesBody(incoming: IncomingMessage | Http2ServerRequest): boolean {
  if ("stream" in incoming) return !incoming.stream.endAfterHeaders;
  const { "content-length": contentLength, "transfer-encoding": transferEncoding } =
    incoming.headers;
  return transferEncoding !== undefined || Number(contentLength ?? 0) > 0;
}

/** Reads a request's body; undefined where it has none. */
export async function readBody(
  incoming: IncomingMessage | Http2ServerRequest,
): Promise<Uint8Array | undefined | "too-large" | "aborted"> {
  if (!announcesBody(incoming)) return undefined;
  if (Number(incoming.headers["content-length"] ?? 0) > maxBodyBytes) return "too-large";
  const chunks: Buffer[] = [];
  let bytes = 0;
  try {
    for await (const chunk of incoming as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (bytes > maxBodyBytes) return "too-large";
      chunks.push(chunk);
    }
  } catch {
    return "aborted";
  }
  if (!isWhole(incoming)) return "aborted";
  return bytes === 0 ? undefined : Buffer.concat(chunks);
}

function isWhole(incoming: IncomingMessage | Http2ServerRequest): boolean {
  return "stream" in incoming ? !incoming.stream.aborted : incoming.complete;
}
