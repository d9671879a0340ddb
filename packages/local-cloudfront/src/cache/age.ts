import { copyHeaders } from "../distribution/empty-headers.ts";
import type { HttpResponse } from "../distribution/http-message.ts";

/** Returns how many whole seconds ago an object entered the cache. */
export function ageSeconds(storedAtMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - storedAtMs) / 1000));
}

/** Returns a response from the cache as it leaves it: with Age (CF-G-38). */
export function withAge(response: HttpResponse, age: number): HttpResponse {
  const headers = copyHeaders(response.headers);
  headers["age"] = [{ key: "Age", value: String(age) }];
  return { ...response, headers };
}
