import type { EventTypeHandler } from "cf-types";

/** The options as the handler reads them: plain JSON, nothing left to decide. */
export interface CompiledMyFunction {
  readonly greeting: string;
}

/**
 * Returns an %event-type% handler that answers every path that ends in /my-function with the greeting
 * and lets every other request pass untouched.
 */
export function createMyFunction(compiled: CompiledMyFunction): EventTypeHandler {
  const { greeting } = compiled;

  return async function myFunction(event) {
    const { request } = event.Records[0].cf;
    if (!request.uri.endsWith("/my-function")) return request;
    return {
      status: "200",
      headers: { "content-type": [{ key: "Content-Type", value: "text/plain" }] },
      body: greeting,
    };
  };
}
