import { asksForPage, pairValue, type RequestReader } from "edge-handler";
import { preferredLocale } from "./preferred-locale.ts";
import type { ReadyLocale } from "./ready-locale.ts";

/** What said which locale it is. */
export type LocaleSource = "path" | "cookie" | "acceptLanguage" | "bots" | "defaultLocale";

/** What becomes of a request. */
export type LocaleDecision =
  /** Nothing: the path is excluded, or the request is for no page. */
  | { readonly kind: "pass"; readonly because: "exclude" | "noPage" }
  | {
      readonly kind: "continue" | "rewrite" | "redirect";
      /** Of a redirect, with the query string. */
      readonly uri: string;
      /** The index of the locale, which Accept-Language names from here on; -1 for pages for no language. */
      readonly locale: number;
      readonly source: LocaleSource;
    };

/** The part of a request that both engines have in the same place. */
export interface LocaleRequest {
  readonly method: string;
  readonly uri: string;
}

/** A file's path, but for that of a page. */
const file = /\.(?!x?html?$)[^./]*$/i;
/** What a Location cannot hold as it is. */
const unsafe = /[^!-~]/;

/** Returns what becomes of a request of either engine. */
export function decide<Request extends LocaleRequest>(
  ready: ReadyLocale,
  request: Request,
  reader: RequestReader<Request>,
): LocaleDecision {
  const uri = request.uri;
  if (ready.exclude.some((pattern) => pattern.test(uri))) {
    return { kind: "pass", because: "exclude" };
  }
  const found = ready.prefix.exec(uri);
  if (found) return inLocale(ready, request, reader, found[0] as string);
  const isHeader = ready.mode === "header";
  if (!isHeader && !isPage(request, reader)) return { kind: "pass", because: "noPage" };
  const chosen = choose(ready, request, reader);
  const prefix = (chosen.locale < 0 ? ready.xDefault : ready.paths[chosen.locale]) as string;
  if (isHeader || prefix === "") return decided("continue", uri, chosen);
  const redirects = ready.mode === "redirect" && chosen.locale >= 0 && chosen.source !== "bots";
  return rewriteOrRedirect(request, reader, { redirects, uri: prefix + uri, chosen });
}

/** Which locale it is, and what said so. */
interface Chosen {
  readonly locale: number;
  readonly source: LocaleSource;
}

/** The path says so; in its own spelling, for a path has a case. */
function inLocale<Request extends LocaleRequest>(
  ready: ReadyLocale,
  request: Request,
  reader: RequestReader<Request>,
  text: string,
): LocaleDecision {
  const uri = request.uri;
  const locale = ready.localeOfPath[text.toLowerCase()] as number;
  const chosen: Chosen = { locale, source: "path" };
  const own = (locale < 0 ? ready.xDefault : ready.paths[locale]) as string;
  if (own === text || ready.mode === "header") return decided("continue", uri, chosen);
  const redirects = ready.mode === "redirect" && isRead(request);
  return rewriteOrRedirect(request, reader, {
    redirects,
    uri: own + uri.slice(text.length),
    chosen,
  });
}

function choose<Request>(
  ready: ReadyLocale,
  request: Request,
  reader: RequestReader<Request>,
): Chosen {
  const cookies = ready.cookie && reader.header(request, "cookie");
  const kept = cookies && pairValue(cookies, ";", ready.cookie);
  const chosen = kept && preferredLocale(ready.localeOfRange, kept);
  if (typeof chosen === "number") return { locale: chosen, source: "cookie" };
  const byDefault = ready.xDefault === null ? ready.byDefault : -1;
  if (ready.bots && ready.bots.test(reader.header(request, "user-agent") || "")) {
    return { locale: byDefault, source: "bots" };
  }
  const languages = reader.header(request, "accept-language");
  const locale = languages && preferredLocale(ready.localeOfRange, languages);
  return typeof locale === "number"
    ? { locale, source: "acceptLanguage" }
    : { locale: byDefault, source: "defaultLocale" };
}

/** What a page loads without a language in its path has none: an image, a script, the data of an API. */
function isPage<Request extends LocaleRequest>(
  request: Request,
  reader: RequestReader<Request>,
): boolean {
  return isRead(request) && !file.test(request.uri) && asksForPage(request, reader, "any");
}

/** Others would lose their body by a redirect. */
function isRead(request: LocaleRequest): boolean {
  return request.method === "GET" || request.method === "HEAD";
}

function rewriteOrRedirect<Request extends LocaleRequest>(
  request: Request,
  reader: RequestReader<Request>,
  to: { readonly redirects: boolean; readonly uri: string; readonly chosen: Chosen },
): LocaleDecision {
  const uri = to.uri;
  if (!to.redirects || unsafe.test(uri)) {
    return decided("rewrite", uri, to.chosen);
  }
  const query = reader.query(request);
  return decided("redirect", query ? `${uri}?${query}` : uri, to.chosen);
}

function decided(
  kind: "continue" | "rewrite" | "redirect",
  uri: string,
  chosen: Chosen,
): LocaleDecision {
  return { kind, uri, locale: chosen.locale, source: chosen.source };
}
