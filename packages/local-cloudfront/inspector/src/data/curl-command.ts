import type { TracedRequest } from "../../../src/trace/trace.ts";

/** Headers that curl writes by itself. */
const ofCurl: ReadonlySet<string> = new Set(["accept-encoding", "connection", "content-length"]);

/**
 * Returns a command that sends a request again. Masked values stay masked.
 *
 * @param url where the local CloudFront is reached, without a trailing slash
 * @param body undefined for none, and for one that is not known
 */
export function curlCommand(url: string, request: TracedRequest, body?: string): string {
  const { method, uri, querystring, headers } = request;
  const target = `${url}${uri}${querystring === "" ? "" : `?${querystring}`}`;
  const host = new URL(url).host;
  const lines = Object.entries(headers)
    .filter(([name]) => !ofCurl.has(name))
    .flatMap(([, values]) => values)
    .filter(({ key, value }) => key.toLowerCase() !== "host" || value !== host);
  return [
    `curl -i --globoff --path-as-is ${quoted(target)}`,
    ...methodOptions(method),
    ...(headers["accept-encoding"] === undefined ? [] : ["--compressed"]),
    ...(url.startsWith("https:") ? ["--insecure"] : []),
    ...lines.map(({ key, value }) => `-H ${quoted(value === "" ? `${key};` : `${key}: ${value}`)}`),
    ...(body === undefined ? [] : [`--data-raw ${quoted(body)}`]),
  ].join(" \\\n  ");
}

function methodOptions(method: string): readonly string[] {
  if (method === "GET") return [];
  return method === "HEAD" ? ["--head"] : [`-X ${quoted(method)}`];
}

/** Nothing is special to a shell between single quotes but the next one. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
