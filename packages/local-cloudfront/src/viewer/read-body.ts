import type { IncomingMessage } from "node:http";
import type { Http2ServerRequest } from "node:http2";

/**
 * The largest request body that is taken, in bytes.
 *
 * FIDELITY F-BODY-SIZE: CloudFront takes 64 GB; on a developer's machine a body is held in memory.
 */
const maxBodyBytes = 64 * 1024 * 1024;

/** Reads a request's body; undefined where it has none. */
export async function readBody(
  incoming: IncomingMessage | Http2ServerRequest,
): Promise<Uint8Array | undefined | "too-large" | "aborted"> {
  if (!mayHaveBody(incoming)) return undefined;
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
  return bytes === 0 ? undefined : Buffer.concat(chunks);
}

function mayHaveBody(incoming: IncomingMessage | Http2ServerRequest): boolean {
  const { headers } = incoming;
  if (headers["content-length"] !== undefined || headers["transfer-encoding"] !== undefined)
    return true;
  return incoming.httpVersionMajor === 2 && incoming.method !== "GET" && incoming.method !== "HEAD";
}
