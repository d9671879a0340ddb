import type { CompiledRule, LocationPart } from "./compiled-secret-redirect.ts";
import { encodeText, pairName, pairValue, type RequestReader } from "edge-handler";
import type { EngineRequest } from "./read-request-value.ts";

/**
 * Returns the Location that a rule gives a request. Captured text is in the path's one spelling, where no
 * "/" follows another, and query text is encoded again: neither can end the path or name another host.
 *
 * @param path Normalised.
 */
export function redirectLocation<Request extends EngineRequest>(
  rule: Pick<CompiledRule, "to" | "query" | "fragment">,
  path: string,
  request: Request,
  reader: RequestReader<Request>,
): string {
  // Captures may be empty: what is left must not begin as a URL of another host does.
  let location = write(rule.to, path, request, reader).replace(/^[/\\]{2,}/, "/");
  if (rule.query) {
    const passed = without(rule.query, reader.query(request));
    if (passed) location += (location.includes("?") ? "&" : "?") + encodeQuery(passed);
  }
  return location + write(rule.fragment || "", path, request, reader);
}

function write<Request extends EngineRequest>(
  parts: string | readonly LocationPart[],
  path: string,
  request: Request,
  reader: RequestReader<Request>,
): string {
  if (typeof parts === "string") return parts;
  let written = "";
  parts.forEach((part) => {
    const found = typeof part === "string" ? part : capture(part, path, request, reader);
    written += written.endsWith("/") && found.startsWith("/") ? found.slice(1) : found;
  });
  return written;
}

/** Returns the text that a part of a Location takes from a request. */
export function capture<Request extends EngineRequest>(
  part: Exclude<LocationPart, string>,
  path: string,
  request: Request,
  reader: RequestReader<Request>,
): string {
  if ("parameter" in part) {
    return encodeText(pairValue(reader.query(request), "&", part.parameter) || "");
  }
  let start = 0;
  for (let left = part.segment; left > 0; left -= 1) {
    start = path.indexOf("/", start) + 1;
    // A splat may stand for nothing.
    if (start === 0) return "";
  }
  const end = part.splat ? -1 : path.indexOf("/", start);
  const stop = (end < 0 ? path.length : end) - (part.drop || 0);
  const captured = path.slice(start + (part.skip || 0), stop);
  // S3 takes a plus sign for a space, in the path as well.
  return captured.replace(part.inQuery ? /[&+;=]/g : /\+/g, encodeURIComponent);
}

function without(names: readonly string[], querystring: string): string {
  return querystring
    .split("&")
    .filter((pair) => !names.includes(pairName(pair)))
    .join("&");
}

function encodeQuery(text: string): string {
  return text.replace(/%(?![\dA-Fa-f]{2})|[^!$%&-;=?-[\]_a-z~]+/g, encodeText);
}
