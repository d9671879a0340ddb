import type { EventTypeHandler } from "cf-types";

/** The options as the handler reads them: plain JSON, nothing left to decide. */
export interface CompiledMyFunction {
  readonly greeting: string;
}

/** Returns an %event-type% handler that gives each response the header X-My-Function with the greeting. */
export function createMyFunction(compiled: CompiledMyFunction): EventTypeHandler {
  const { greeting } = compiled;

  return async function myFunction(event) {
    const { response } = event.Records[0].cf;
    response.headers["x-my-function"] = [{ key: "X-My-Function", value: greeting }];
    return response;
  };
}
