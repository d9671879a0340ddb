import type { JourneyRecord } from "./edge-location/journey-record.ts";

/** Who hears of each journey as it was recorded: no trace is made of it. */
type Listeners = Set<(record: JourneyRecord) => void>;

const listenersOf = new WeakMap<object, Listeners>();

/** Says where the listeners of a local CloudFront are kept. */
export function rememberRecordListeners(cloudfront: object, listeners: Listeners): void {
  listenersOf.set(cloudfront, listeners);
}

/**
 * Calls the listener with each journey from now on. Unlike a trace, a record has secrets in it, and
 * costs nothing to make.
 */
export function onRecord(cloudfront: object, listener: (record: JourneyRecord) => void): void {
  listenersOf.get(cloudfront)?.add(listener);
}
