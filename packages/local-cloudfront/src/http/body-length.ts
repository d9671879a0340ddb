import { copyHeaders } from "./empty-headers.ts";
import type { HttpHeaders } from "./http-message.ts";

/** Returns headers for a body that replaces another: it has a length of its own, and no transfer encoding. */
export function withBodyLength(headers: HttpHeaders, body: Uint8Array): HttpHeaders {
  const framed = copyHeaders(headers);
  delete framed["transfer-encoding"];
  framed["content-length"] = [{ key: "Content-Length", value: String(body.length) }];
  return framed;
}
