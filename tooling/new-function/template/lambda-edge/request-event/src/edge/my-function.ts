import type { EventTypeHandler } from "cf-types";
import { type CompiledMyFunction, decide, responseHeaders } from "./decide.ts";

/**
 * Returns an %event-type% handler for Lambda@Edge that responds with the greeting to every path that ends in
 * /my-function, and lets every other request pass untouched.
 */
export function createMyFunction(compiled: CompiledMyFunction): EventTypeHandler {
  return async (event) => {
    const { request } = event.Records[0].cf;
    const body = decide(compiled, request);
    if (body === undefined) return request;
    return { status: "200", statusDescription: "OK", headers: responseHeaders, body };
  };
}
