import type { IncomingMessage } from "node:http";
import { request as httpsRequest } from "node:https";
import { Readable, type Duplex } from "node:stream";
import { createBrotliDecompress, createGunzip } from "node:zlib";

/** What `fetch` sends where nothing else is said. */
const usualHeaders = {
  accept: "*/*",
  "accept-encoding": "gzip, br",
  "user-agent": "node",
};

const decoders: Readonly<Record<string, () => Duplex>> = {
  gzip: () => createGunzip(),
  br: () => createBrotliDecompress(),
};

/**
 * Requests as `fetch` does, but trusts one certificate beyond those of the machine, which `fetch`
 * itself cannot be told to. Redirects are not followed.
 *
 * @param certificate PEM
 */
export async function fetchWithCertificate(
  request: Request,
  certificate: string,
): Promise<Response> {
  const body = request.body === null ? undefined : Buffer.from(await request.arrayBuffer());
  return new Promise((resolve, reject) => {
    const sent = httpsRequest(
      request.url,
      {
        method: request.method,
        headers: {
          ...usualHeaders,
          ...Object.fromEntries(request.headers),
          ...(body === undefined ? {} : { "content-length": body.byteLength }),
        },
        ca: certificate,
        agent: false,
        signal: request.signal,
      },
      (incoming) => resolve(responseOf(incoming, request.method)),
    );
    sent.on("error", (cause) => reject(new TypeError("fetch failed", { cause })));
    sent.end(body);
  });
}

const withoutBody: ReadonlySet<number> = new Set([101, 204, 205, 304]);

function responseOf(incoming: IncomingMessage, method: string): Response {
  const { statusCode: status = 0, statusMessage: statusText = "", rawHeaders } = incoming;
  const headers = new Headers();
  for (let index = 0; index + 1 < rawHeaders.length; index += 2) {
    headers.append(rawHeaders[index] ?? "", rawHeaders[index + 1] ?? "");
  }
  if (withoutBody.has(status) || method === "HEAD") {
    incoming.resume();
    return new Response(null, { status, statusText, headers });
  }
  const decode = decoders[headers.get("content-encoding") ?? ""];
  const body = decode === undefined ? incoming : incoming.pipe(decode());
  return new Response(Readable.toWeb(body) as ReadableStream, { status, statusText, headers });
}
