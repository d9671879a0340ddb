import type { ViewerRequest } from "cf-types";
import { asksForPage } from "./asks-for-page.ts";
import type { CompiledRule } from "./compiled-spa-rewrite.ts";
import { decodePath } from "./decode-path.ts";

/**
 * Returns what tells whether a request asks for a page, however its path is encoded and whoever asks. It is a
 * file of its own beside the bundle, which sees by itself what most browsers send.
 *
 * @param pattern Over the whole decoded path.
 */
export function createPageTest(
  { asked }: CompiledRule,
  pattern: RegExp,
): (request: ViewerRequest) => boolean {
  return ({ method, uri, headers }) => {
    if (method !== "GET" && method !== "HEAD") return false;
    const path = decodePath(uri);
    return path !== "" && pattern.test(path) && asksForPage(headers, asked);
  };
}
