import type { EventType } from "cf-types";
import { textOfBytes } from "../http/byte-string.ts";
import { isFunctionStep, uriChangeOf } from "../edge-location/request-record.ts";
import type { RequestRecord } from "../edge-location/request-record.ts";
import { problemOf } from "../edge-location/problem-of.ts";
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
  /** What went wrong, in a few words; undefined where nothing did, or nobody knows. */
  readonly error: string | undefined;
}

/** More does not fit into a line of the list. */
const maxErrorCharacters = 120;

/** Summarizes a request for the list; cheap, since it is done for each. */
export function summarize(number: number, record: RequestRecord): RequestSummary {
  const { request, requestId, startedAtMs, durationMs, response, resultType, steps } = record;
  const ran: EventType[] = [];
  let rewrittenTo: string | undefined;
  let failedWith: string | undefined;
  let error: string | undefined;
  for (const step of steps) {
    error ??= isFunctionStep(step) ? step.failure?.detail : problemOf(step);
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
    error: error?.slice(0, maxErrorCharacters),
  };
}
