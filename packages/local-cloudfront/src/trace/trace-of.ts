import type { Trace } from "./trace.ts";

const finders = new WeakMap<Response, () => Trace | undefined>();

/** Remembers where the trace of a response is found, for as long as there is the response. */
export function rememberTraceOf(response: Response, find: () => Trace | undefined): void {
  finders.set(response, find);
}

/**
 * Returns the trace of the request that a response belongs to.
 *
 * @param response as `LocalCloudFront.fetch` resolved with it
 * @returns undefined for any other response, and for one whose trace is not kept any more
 */
export function traceOf(response: Response): Trace | undefined {
  return finders.get(response)?.();
}
