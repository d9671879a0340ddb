import { loggedResultType } from "../access-log/access-log-fields.ts";
import type { CacheKey } from "../cache/cache-key.ts";
import type { CacheLifetime } from "../cache/cache-lifetime.ts";
import { headerValue } from "../edge-location/http-headers.ts";
import {
  isFunctionStep,
  type FunctionStepRecord,
  type RequestRecord,
} from "../edge-location/request-record.ts";
import type { ResultType } from "../edge-location/result-type.ts";
import type { HttpHeaders } from "../http/http-message.ts";

/** What became of one request in one distribution. */
export interface ReplayedRequest {
  readonly status: number;
  /** As the access log would have it. */
  readonly resultType: ResultType;
  readonly location: string | undefined;
  readonly headers: HttpHeaders;
  /** As viewer-request left it; undefined where the request went no further. */
  readonly uri: string | undefined;
  /** As the origin got it; undefined where none was asked. */
  readonly originUri: string | undefined;
  /** How often origins were asked, and the bytes of the bodies that they sent. */
  readonly originRequests: number;
  readonly originBytes: number;
  /** How often an origin responded with an assumed 200. */
  readonly unknownResponses: number;
  /** Why CloudFront refused it; undefined where it did not. */
  readonly refusal: string | undefined;
  readonly functions: readonly FunctionStepRecord[];
  /** Undefined where the cache was not asked. */
  readonly lookup: CacheLookup | undefined;
}

/** What the cache was asked for. */
export interface CacheLookup {
  readonly key: CacheKey;
  /** Undefined where the response was not stored. */
  readonly lifetime: CacheLifetime | undefined;
}

/** Returns what the record of a request says to a report. */
export function replayedRequest(record: RequestRecord, unknownResponses: number): ReplayedRequest {
  const { response, resultType, detailedResultType, request, steps } = record;
  const functions = steps.filter((step) => isFunctionStep(step));
  const origins = steps.filter((step) => step.step === "origin");
  const viewerRequest = functions.find(({ step }) => step === "viewer-request");
  let key: CacheKey | undefined;
  let lifetime: CacheLifetime | undefined;
  for (const step of steps) {
    if ("cacheKey" in step) key ??= step.cacheKey;
    if ("lifetime" in step) lifetime = step.lifetime;
  }
  return {
    status: response.status,
    resultType: loggedResultType(resultType, detailedResultType),
    location: headerValue(response.headers, "location"),
    headers: response.headers,
    uri: viewerRequest === undefined ? request.uri : uriOf(viewerRequest),
    originUri: origins[0]?.request.uri,
    originRequests: origins.length,
    originBytes: origins.reduce((bytes, { response }) => bytes + (response?.bodyBytes ?? 0), 0),
    unknownResponses,
    refusal: steps.find((step) => step.step === "refused")?.reason,
    functions,
    lookup: key && { key, lifetime },
  };
}

function uriOf({ after }: FunctionStepRecord): string | undefined {
  return after?.kind === "request" ? after.uri : undefined;
}
