import type { EventType } from "cf-types";
import { textOfBytes } from "../http/byte-string.ts";
import { isFunctionStep, uriChangeOf } from "../edge-location/request-record.ts";
import type { RequestRecord } from "../edge-location/request-record.ts";
import type { ResultType } from "../edge-location/result-type.ts";
import { requestKindOf, type RequestKind } from "./request-kind.ts";

/** What the list shows of a request. */
export interface RequestSummary {
  /** Counts up from 1. */
  readonly number: number;
  readonly requestId: string;
  /** Milliseconds since the Unix epoch. */
  readonly startedAtMs: number;
  readonly durationMs: number;
  readonly kind: RequestKind;
  readonly method: string;
  /** With its query string. */
  readonly uri: string;
  /** The URI that functions made of it; undefined where none did. */
  readonly rewrittenTo: string | undefined;
  readonly status: number;
  readonly resultType: ResultType;
  /** The functions that ran, in order. */
  readonly ran: readonly EventType[];
  /** The fact behind a function's failure; undefined where none failed. */
  readonly failedWith: string | undefined;
}

/** Summarizes a request for the list; cheap, since it is done for each. */
export function summarize(number: number, record: RequestRecord): RequestSummary {
  const { request, requestId, startedAtMs, durationMs, response, resultType, steps } = record;
  const ran: EventType[] = [];
  let rewrittenTo: string | undefined;
  let failedWith: string | undefined;
  for (const step of steps) {
    if (!isFunctionStep(step)) continue;
    ran.push(step.step);
    rewrittenTo = uriChangeOf(step)?.after ?? rewrittenTo;
    failedWith ??= step.failure?.factId;
  }
  const { method, uri, querystring } = request;
  return {
    number,
    requestId,
    startedAtMs,
    durationMs,
    kind: requestKindOf(request, response),
    method,
    uri: textOfBytes(querystring === "" ? uri : `${uri}?${querystring}`),
    rewrittenTo,
    status: response.status,
    resultType,
    ran,
    failedWith,
  };
}
