import type { RequestRecord } from "../edge-location/request-record.ts";

/** Listeners to the record of each request: no trace is made of it. */
type Listeners = Set<(record: RequestRecord) => void>;

const listenersOf = new WeakMap<object, Listeners>();

/** Says where the listeners of a local CloudFront are kept. */
export function rememberRecordListeners(cloudfront: object, listeners: Listeners): void {
  listenersOf.set(cloudfront, listeners);
}

/**
 * Calls the listener with the record of each request from now on. Unlike a trace, a record has secrets in it, and
 * costs nothing to make.
 */
export function onRecord(cloudfront: object, listener: (record: RequestRecord) => void): void {
  listenersOf.get(cloudfront)?.add(listener);
}
