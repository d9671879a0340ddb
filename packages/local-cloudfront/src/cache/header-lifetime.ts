import { parseHttpDate } from "../http/http-date.ts";
import type { HttpHeaders } from "../http/http-message.ts";
import type { CacheControl } from "./cache-control.ts";

/** A lifetime that the origin asked for. */
export interface HeaderLifetime {
  readonly seconds: number;
  readonly source: "s-maxage" | "max-age" | "Expires";
}

/**
 * Returns the lifetime that a response asks for: s-maxage before max-age before Expires (CF-G-08);
 * undefined where it asks for none.
 */
export function headerLifetime(
  cacheControl: CacheControl,
  headers: HttpHeaders,
  nowMs: number,
): HeaderLifetime | undefined {
  const { sMaxageSeconds, maxAgeSeconds } = cacheControl;
  if (sMaxageSeconds !== undefined) return { seconds: sMaxageSeconds, source: "s-maxage" };
  if (maxAgeSeconds !== undefined) return { seconds: maxAgeSeconds, source: "max-age" };
  const seconds = expiresInSeconds(headers, nowMs);
  return seconds === undefined ? undefined : { seconds, source: "Expires" };
}

/**
 * FIDELITY CF-G-13: AWS does not speak of an Expires that is no date. A bare number such as `0` or
 * `-1`, which servers write for "already expired", is past; anything else counts as absent.
 */
function expiresInSeconds(headers: HttpHeaders, nowMs: number): number | undefined {
  const expires = headers["expires"]?.[0]?.value;
  if (expires === undefined) return undefined;
  if (/^\s*-?\d+\s*$/.test(expires)) return 0;
  const expiresAtMs = parseHttpDate(expires);
  return expiresAtMs === undefined ? undefined : Math.max(0, (expiresAtMs - nowMs) / 1000);
}
