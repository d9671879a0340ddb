import { STATUS_CODES } from "node:http";

/** Returns the reason phrase of a status, CloudFront's own 494 included; empty for unknown ones. */
export function reasonPhrase(status: number): string {
  return status === 494 ? "Request header too large" : (STATUS_CODES[status] ?? "");
}
