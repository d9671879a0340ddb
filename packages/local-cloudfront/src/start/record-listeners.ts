import type { PolicyViolation } from "../policy-reports/policy-violation.ts";
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

const violationListenersOf = new WeakMap<object, Set<(violation: PolicyViolation) => void>>();

/** Says where the listeners to what browsers report are kept. */
export function rememberViolationListeners(
  cloudfront: object,
  listeners: Set<(violation: PolicyViolation) => void>,
): void {
  violationListenersOf.set(cloudfront, listeners);
}

/** Calls the listener with what browsers report of a policy from now on. */
export function onViolation(
  cloudfront: object,
  listener: (violation: PolicyViolation) => void,
): void {
  violationListenersOf.get(cloudfront)?.add(listener);
}
