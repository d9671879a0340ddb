import type { RequestReader } from "./request-reader.ts";

// https://fetch.spec.whatwg.org/#concept-request-destination
const navigation = /^(document|i?frame|fencedframe|navigate)$/;
const script = /^(empty|cors|same-origin)$/;
// JSON first is how programs ask for data; q=0 says that it is not wanted.
const namesHtml = /^(?! *application\/json).*?\btext\/html(?! *; *q=0\.?0* *(,|$))/i;
const takesAnything = /^ *(\*|text)\/\*/;

/**
 * How a viewer has to ask for a page. `any`: whatever takes HTML, a program's fetch included. `navigation`: as a
 * browser asks for a page. `html`: by naming HTML in its Accept header as well.
 */
export type PageAsked = "any" | "navigation" | "html";

/** Returns whether a viewer asks for a page: a script, style or image is none, whatever its path. */
export function asksForPage<Request>(
  request: Request,
  reader: RequestReader<Request>,
  asked: PageAsked,
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
