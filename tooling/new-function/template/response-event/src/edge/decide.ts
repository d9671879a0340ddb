import type { ResultHeaders } from "cf-types";

/** The options as the handlers read them: plain JSON, nothing left to decide. */
export interface CompiledMyFunction {
  readonly greeting: string;
}

/** Returns the headers that are set on each response: the same on each engine. */
export function decide(options: CompiledMyFunction): ResultHeaders {
  return { "x-my-function": [{ key: "X-My-Function", value: options.greeting }] };
}
