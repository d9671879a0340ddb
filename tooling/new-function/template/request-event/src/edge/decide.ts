import type { ResultHeaders } from "cf-types";

/** The options as the handlers read them: plain JSON, nothing left to decide. */
export interface CompiledMyFunction {
  readonly greeting: string;
}

/** The headers of the response that a request is answered with. */
export const responseHeaders: ResultHeaders = {
  "content-type": [{ key: "Content-Type", value: "text/plain" }],
};

/**
 * Returns the body of the response that a request is answered with, or `undefined` where it passes: the same on
 * each engine. Every path that ends in /my-function is answered with the greeting.
 */
export function decide(
  options: CompiledMyFunction,
  request: { readonly uri: string },
): string | undefined {
  return request.uri.endsWith("/my-function") ? options.greeting : undefined;
}
