import type { EventTypeHandler } from "cf-types";
import { type CompiledMyFunction, decide } from "./decide.ts";

/** Returns an %event-type% handler for Lambda@Edge that gives each response the header X-My-Function with the greeting. */
export function createMyFunction(compiled: CompiledMyFunction): EventTypeHandler {
  const headers = decide(compiled);

  return async (event) => {
    const { response } = event.Records[0].cf;
    Object.assign(response.headers, headers);
    return response;
  };
}
