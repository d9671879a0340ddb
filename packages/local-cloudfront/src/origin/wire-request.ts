import type { HttpRequest } from "../distribution/http-message.ts";
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
 * What a request line cannot hold is percent-encoded.
 */
export function wirePath(
  { pathPrefix }: OriginAddress,
  { path }: Origin,
  { uri, querystring }: HttpRequest,
): string {
  const query = querystring === "" ? "" : `?${querystring}`;
  return `${pathPrefix}${path}${uri}${query}`
    .toWellFormed()
    .replaceAll(/[^\x21-\x7e]/gu, (character) => encodeURIComponent(character));
}

/**
 * Returns names and values in turn, as they go on the wire: the origin's custom headers in the place
 * of any of the same name (CF-H-25), the names spelled as they came.
 */
export function wireHeaders(origin: Origin, { headers, body, method }: HttpRequest): string[] {
  const customNames = new Set(origin.customHeaders.map(({ name }) => name.toLowerCase()));
  const lines = headers["host"] === undefined ? ["Host", origin.domainName] : [];
  for (const [name, values] of Object.entries(headers)) {
    if (notSent.has(name) || customNames.has(name)) continue;
    for (const { key, value } of values) lines.push(key, wireValue(value));
  }
  for (const { name, value } of origin.customHeaders) lines.push(name, wireValue(value));
  const bodyBytes = body?.byteLength ?? 0;
  if (bodyBytes > 0 || hasBodyByNature(method)) lines.push("Content-Length", String(bodyBytes));
  return lines;
}

function hasBodyByNature(method: string): boolean {
  return method === "POST" || method === "PUT" || method === "PATCH";
}

/** Node writes one byte per character: bytes as they came stay, anything beyond goes as UTF-8 (LE-B-19). */
function wireValue(value: string): string {
  return /[^\0-\xff]/.test(value) ? Buffer.from(value, "utf8").toString("latin1") : value;
}
