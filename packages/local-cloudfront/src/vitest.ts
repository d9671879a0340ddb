import type { EventType } from "cf-types";
import { expect } from "vitest";
import { edgeMatchers } from "./testing/edge-matchers.ts";

/** What `expect` can say of a trace, or of a response of `LocalCloudFront.fetch`. */
export interface EdgeMatchers<R> {
  /** Functions ran on these event types and on no other, in this order. */
  toHaveRun(eventTypes: readonly EventType[]): R;
  /** A function on the event type did not run; `reason` is part of why, as in `"LE-A-08"`. */
  toHaveSkipped(eventType: EventType, reason?: string): R;
  /** `X-Cache` is `Hit from cloudfront`. */
  toBeCacheHit(): R;
  /** `X-Cache` is `Miss from cloudfront`. */
  toBeCacheMiss(): R;
  /** `X-Cache` is `RefreshHit from cloudfront`. */
  toBeCacheRefreshHit(): R;
  /** The last change of the URI by a function gave this one. */
  toHaveRewrittenUri(uri: string): R;
  /** A function failed by this fact, as in `"LE-C-07"`. */
  toHaveFailedWith(factId: string): R;
}

declare module "vitest" {
  interface Matchers<
    R extends void | Promise<void> = void | Promise<void>,
    T = unknown,
  > extends EdgeMatchers<R> {}
}

expect.extend(edgeMatchers);

export { formatTrace } from "./testing/format-trace.ts";
export { traceOf } from "./trace/trace-of.ts";
