import type { EventHeaders } from "cf-types";

/** Returns the headers of a response of Lambda@Edge that says why a request is refused: a text that nobody stores. */
export function refusalHeaders(): EventHeaders {
  return {
    "cache-control": [{ key: "Cache-Control", value: "no-store" }],
    "content-type": [{ key: "Content-Type", value: "text/plain; charset=utf-8" }],
  };
}
