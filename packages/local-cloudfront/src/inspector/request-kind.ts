import { extname } from "node:path";
import type { RequestHead, ResponseHead } from "../edge-location/message-head.ts";

/** What a request is for: a page, what a page is made of, or data. */
export type RequestKind = "document" | "asset" | "api";

/**
 * Tells documents from assets and from requests of scripts: by what the browser says of it, else by method, by
 * what the viewer accepts, and by what it got.
 *
 * @see https://www.w3.org/TR/fetch-metadata/#sec-fetch-dest-header
 */
export function requestKindOf(
  { method, uri, headers }: Pick<RequestHead, "method" | "uri" | "headers">,
  response: Pick<ResponseHead, "headers">,
): RequestKind {
  const destination = headers["sec-fetch-dest"]?.[0]?.value;
  if (destination !== undefined) return kindOfDestination(destination);
  if (method !== "GET" && method !== "HEAD") return "api";
  if (headers["accept"]?.some(({ value }) => value.includes("text/html"))) return "document";
  const contentType = response.headers["content-type"]?.[0]?.value ?? "";
  if (/^text\/html\b/i.test(contentType)) return "document";
  if (/^(?:application\/(?:.*\+)?json|text\/event-stream)\b/i.test(contentType)) return "api";
  return extname(uri) === "" ? "document" : "asset";
}

function kindOfDestination(destination: string): RequestKind {
  if (["document", "iframe", "frame", "embed", "object"].includes(destination)) return "document";
  // Of `fetch`, XMLHttpRequest, EventSource and beacons.
  return destination === "empty" ? "api" : "asset";
}
