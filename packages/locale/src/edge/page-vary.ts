import type { ReadyLocale } from "./ready-locale.ts";

/** What a page's Vary depends on. */
export interface VaryingResponse {
  /** The path as viewer-request left it. */
  readonly uri: string;
  readonly contentType: string | undefined;
  /** What the response has; empty for none. */
  readonly vary: string;
}

/**
 * Returns the Vary of a page whose language its path does not say, so that no cache behind CloudFront gives it to who
 * takes another; undefined for all else, and where it is said already.
 */
export function pageVary(ready: ReadyLocale, response: VaryingResponse): string | undefined {
  const vary = response.vary;
  if (!/^ *text\/html/i.test(response.contentType || "")) return undefined;
  // A rewritten path has a language that the viewer's path has not.
  if (ready.mode !== "rewrite" && ready.prefix.test(response.uri)) return undefined;
  if (/\*|accept-language/i.test(vary)) return undefined;
  return vary ? `${vary}, ${ready.vary}` : ready.vary;
}
