import { copyHeaders } from "../http/empty-headers.ts";
import type { HttpResponse } from "../http/http-message.ts";

/** Returns how many whole seconds ago an object entered the cache. */
export function ageSeconds(storedAtMs: number, nowMs: number): number {
  return Math.max(0, Math.floor((nowMs - storedAtMs) / 1000));
}

/**
 * Returns what gives a response from the cache as it leaves it: with Age (CF-G-38). All that leave it
 * within the same second get the same one.
 */
export function aging(response: HttpResponse): (age: number) => HttpResponse {
  let latest: { readonly age: number; readonly response: HttpResponse } | undefined;
  return (age) => {
    if (latest?.age !== age) {
      const headers = copyHeaders(response.headers);
      headers["age"] = [{ key: "Age", value: String(age) }];
      latest = { age, response: { ...response, headers } };
    }
    return latest.response;
  };
}
