import type { GeneratedResponse } from "cf-types";
import type { CompiledAnswer } from "../compiled-secret-redirect.ts";

/** Returns an answer with its location, new for each request. */
export function redirectResponse(
  { status, statusDescription, cacheControl }: CompiledAnswer,
  location: string,
): GeneratedResponse {
  return {
    status,
    statusDescription,
    headers: {
      location: [{ key: "Location", value: location }],
      "cache-control": [{ key: "Cache-Control", value: cacheControl }],
    },
  };
}
