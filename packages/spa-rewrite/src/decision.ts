import type { ViewerRequest } from "cf-types";
import type { CompiledRule, CompiledSpaRewrite } from "./compiled-spa-rewrite.ts";

/** What becomes of a request: nothing, another uri, or an answer that names another location. */
export interface Decision {
  readonly uri?: string;
  readonly location?: string;
}

/** The part of a request that a decision looks at. */
export type DecidedRequest = Pick<ViewerRequest, "method" | "uri" | "querystring" | "headers">;

// https://fetch.spec.whatwg.org/#concept-request-destination
const navigation = /^(document|i?frame|fencedframe|navigate)$/;
const script = /^(empty|cors|same-origin)$/;
// JSON first is how programs ask for data; q=0 says that it is not wanted.
const namesHtml = /^(?! *application\/json).*?\btext\/html(?! *; *q=0\.?0* *(,|$))/i;
const takesAnything = /^ *(\*|text)\/\*/;
const nothing: Decision = {};

/**
 * Returns the decision as a function of the request. Everything that does not depend on the request
 * is made here.
 */
export function createDecision(
  compiled: CompiledSpaRewrite,
): (request: DecidedRequest) => Decision {
  const { flags, redirect } = compiled;
  const pages = new Map(Object.entries(compiled.pages));
  const from = redirect && new RegExp(redirect.from);
  const rules = compiled.rules.map((rule) => ({ ...rule, pattern: new RegExp(rule.path, flags) }));

  const documentOf = (path: string, headers: ViewerRequest["headers"]): string | false => {
    for (const rule of rules) {
      if (rule.pattern.test(path)) return acceptsHtml(headers, rule.asked) && rule.document;
    }
    return false;
  };

  return ({ method, uri, querystring, headers }) => {
    if (method !== "GET" && method !== "HEAD") return nothing;
    const path = decodePath(uri);
    if (!path) return nothing;
    const page = pages.size > 0 && (pages.get(path) ?? pages.get(`${path}/`));
    const target = page || documentOf(path, headers);
    if (!target || target === uri) return nothing;
    if (from) {
      const asked = querystring ? `${uri}?${querystring}` : uri;
      const location = asked.replace(from, redirect.to);
      if (location !== asked) return { location };
    }
    return { uri: target };
  };
}

/** Decodes once. An encoded slash stays encoded, since it separates nothing; "" where it is malformed. */
export function decodePath(uri: string): string {
  if (!uri.includes("%")) return uri;
  try {
    return decodeURIComponent(uri.replaceAll(/%2f/gi, "%252F"));
  } catch {
    return "";
  }
}

/** A missing script, style or image is not answered with a document, whatever its path. */
function acceptsHtml(headers: ViewerRequest["headers"], asked: CompiledRule["asked"]): boolean {
  const valueOf = (name: string): string | undefined => {
    const lines = headers[name];
    return lines?.[1] ? lines.map(({ value }) => value).join() : lines?.[0]?.value;
  };
  const accept = valueOf("accept") || "*/*";
  const destination = valueOf("sec-fetch-dest") || valueOf("sec-fetch-mode") || "navigate";
  const named = namesHtml.test(accept);
  if (!named && (asked === "html" || !takesAnything.test(accept))) return false;
  if (navigation.test(destination)) return true;
  // What is fetched ahead of a navigation is used for it.
  return (
    script.test(destination) && (named || asked === "any" || valueOf("sec-purpose")?.[0] === "p")
  );
}
