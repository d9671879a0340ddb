import { asBytes, bytesOfText, percentEncodeBytes } from "../http/byte-string.ts";
import type { HttpRequest } from "../http/http-message.ts";
import type { Origin } from "../distribution/origins.ts";
import type { OriginAddress } from "./origin-address.ts";

/** Headers of one connection, and those of the body, which are written anew. */
const notSent: ReadonlySet<string> = new Set([
  "connection",
  "content-length",
  "expect",
  "keep-alive",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/**
 * Returns the request target: the origin's path and the raw path of the request (CF-H-11, CF-H-23).
 *
 * FIDELITY LE-B-19: bytes beyond ASCII are percent-encoded, which means the same and is what servers
 * such as Node take; AWS has them forwarded as they are.
 */
export function wirePath(
  { pathPrefix }: OriginAddress,
  { path }: Origin,
  { uri, querystring }: HttpRequest,
): string {
  const query = querystring === "" ? "" : `?${querystring}`;
  return percentEncodeBytes(`${pathPrefix}${path}${asBytes(uri)}${asBytes(query)}`);
}

/**
 * Returns names and values in turn, as they go on the wire: the origin's custom headers in the place
 * of any of the same name (CF-H-25), the names spelled as they came.
 *
 * FIDELITY LE-B-44: of several Hosts that a function wrote the first is sent; a request has one.
 */
export function wireHeaders(origin: Origin, { headers, body, method }: HttpRequest): string[] {
  const customNames = new Set(origin.customHeaders.map(({ name }) => name.toLowerCase()));
  const lines = headers["host"] === undefined ? ["Host", origin.domainName] : [];
  for (const [name, values] of Object.entries(headers)) {
    if (notSent.has(name) || customNames.has(name)) continue;
    const sent = name === "host" ? values.slice(0, 1) : values;
    for (const { key, value } of sent) lines.push(key, asBytes(value));
  }
  for (const { name, value } of origin.customHeaders) lines.push(name, bytesOfText(value));
  const bodyBytes = body?.byteLength ?? 0;
  if (bodyBytes > 0 || hasBodyByNature(method)) lines.push("Content-Length", String(bodyBytes));
  return lines;
}

function hasBodyByNature(method: string): boolean {
  return method === "POST" || method === "PUT" || method === "PATCH";
}
