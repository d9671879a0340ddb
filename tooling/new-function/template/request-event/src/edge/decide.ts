import type { ResultHeaders } from "cf-types";

/** The options as the handlers read them: plain JSON, nothing left to decide. */
export interface CompiledMyFunction {
  readonly greeting: string;
}

/** The headers of the generated response. */
export const responseHeaders: ResultHeaders = {
  "content-type": [{ key: "Content-Type", value: "text/plain" }],
};

/**
 * Returns the body of the generated response, or `undefined` where the request passes: the same on
 * each engine. Every path that ends in /my-function gets the greeting.
 */
export function decide(
  options: CompiledMyFunction,
  request: { readonly uri: string },
): string | undefined {
  return request.uri.endsWith("/my-function") ? options.greeting : undefined;
}
