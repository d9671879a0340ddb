import { asksForPage, type RequestReader } from "edge-handler";
import { decodePath } from "./decode-path.ts";
import type { ReadyRule, ReadySpaRewrite } from "./ready-spa-rewrite.ts";

/** What becomes of a request. */
export type SpaRewriteDecision =
  | { readonly kind: "pass" }
  | { readonly kind: "rewrite"; readonly uri: string }
  | { readonly kind: "redirect"; readonly status: string; readonly location: string };

/** What the site has for the path of a request. */
export interface PageMatch {
  /** The path, decoded once; empty where it is malformed. */
  readonly path: string;
  /** The uri of the file, where the path is that of a page. */
  readonly file: string | undefined;
  /** The first rule that matches the path, where the path is not that of a page. */
  readonly rule: ReadyRule | undefined;
}

const pass: SpaRewriteDecision = { kind: "pass" };

/** Returns what becomes of a request of either engine. */
export function decide<Request extends { readonly method: string; readonly uri: string }>(
  ready: ReadySpaRewrite,
  request: Request,
  reader: RequestReader<Request>,
): SpaRewriteDecision {
  if (request.method !== "GET" && request.method !== "HEAD") return pass;
  const uri = request.uri;
  const match = matchPage(ready, uri);
  const rule = match.rule;
  const found =
    match.file ?? (rule && asksForPage(request, reader, rule.asked) ? rule.document : undefined);
  if (found === undefined || found === uri) return pass;
  const redirect = ready.redirect;
  if (redirect) {
    const query = reader.query(request);
    const asked = query ? `${uri}?${query}` : uri;
    const location = asked.replace(redirect.from, redirect.to);
    if (location !== asked) return { kind: "redirect", status: redirect.status, location };
  }
  return { kind: "rewrite", uri: found };
}

/** Returns what the site has for the path of a uri. */
export function matchPage(ready: ReadySpaRewrite, uri: string): PageMatch {
  const path = decodePath(uri);
  if (path === "") return { path, file: undefined, rule: undefined };
  // What begins with "/" is no name of something that every object has.
  const pages = path.charAt(0) === "/" ? ready.pages : null;
  const file = pages ? (pages[path] ?? pages[`${path}/`]) : undefined;
  if (file !== undefined) return { path, file, rule: undefined };
  return { path, file, rule: ready.rules.find((rule) => rule.pattern.test(path)) };
}
