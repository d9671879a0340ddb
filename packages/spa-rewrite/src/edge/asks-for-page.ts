import type { RequestReader } from "edge-handler";
import type { CompiledRule } from "./compiled-spa-rewrite.ts";

// https://fetch.spec.whatwg.org/#concept-request-destination
const navigation = /^(document|i?frame|fencedframe|navigate)$/;
const script = /^(empty|cors|same-origin)$/;
// JSON first is how programs ask for data; q=0 says that it is not wanted.
const namesHtml = /^(?! *application\/json).*?\btext\/html(?! *; *q=0\.?0* *(,|$))/i;
const takesAnything = /^ *(\*|text)\/\*/;

/** A missing script, style or image is not answered with a document, whatever its path. */
export function asksForPage<Request>(
  request: Request,
  reader: RequestReader<Request>,
  asked: CompiledRule["asked"],
): boolean {
  const accept = reader.header(request, "accept") || "";
  const destination =
    reader.header(request, "sec-fetch-dest") || reader.header(request, "sec-fetch-mode");
  // As browsers begin it.
  const named = accept.startsWith("text/html,") || namesHtml.test(accept);
  if (!named && (asked === "html" || (accept && !takesAnything.test(accept)))) return false;
  if (!destination || destination === "document" || navigation.test(destination)) return true;
  // What is fetched ahead of a navigation is used for it.
  return (
    script.test(destination) &&
    (named || asked === "any" || (reader.header(request, "sec-purpose") || "").charAt(0) === "p")
  );
}
