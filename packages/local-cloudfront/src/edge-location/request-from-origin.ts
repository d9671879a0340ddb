import type { HttpHeaders, HttpRequest, HttpResponse } from "../distribution/http-message.ts";
import type { Origin } from "../distribution/origins.ts";
import { applyOriginChange } from "../origin/apply-origin-change.ts";
import { composeOriginRequest } from "../origin/compose-origin-request.ts";
import type { OriginFailure } from "../origin/origin-client.ts";
import { originToEvent } from "../origin/origin-to-event.ts";
import { sanitizeOriginResponse, withoutS3RequestIds } from "../origin/sanitize-origin-response.ts";
import { errorPage } from "./error-page.ts";
import { functionFailed, recordFunctionRun, recordSkipped } from "./function-steps.ts";
import { unverifiedViewerResponse } from "./unverified-viewer-response.ts";
import { viewerHeadersFor } from "./viewer-headers.ts";
import { withoutHeaders } from "./http-headers.ts";
import type { Leg, Served } from "./journey.ts";
import { requestHeadOf, responseHeadOf } from "./message-head.ts";
import { withReasonPhrase } from "./reason-phrase.ts";

/** What came of going to the origin, functions on origin events included. */
export type OriginOutcome =
  | {
      readonly kind: "response";
      readonly response: HttpResponse;
      readonly origin: Origin;
      /** Whether the origin-request function made it. */
      readonly isGenerated: boolean;
      /** Whether the body broke off (CF-G-41). */
      readonly isIncomplete: boolean;
      /** As the origin gave it, before origin-response. */
      readonly originStatus: number;
    }
  | { readonly kind: "origin-failure"; readonly response: HttpResponse; readonly origin: Origin }
  | { readonly kind: "function-failure"; readonly served: Served };

/** What CloudFront wants of the origin. */
export type OriginIntent =
  /** What the viewer asked for, as it asked for it: nothing will be cached. */
  | { readonly kind: "pass-through" }
  /** The object for the cache, whatever part of it the viewer asked for. */
  | { readonly kind: "whole-object" }
  /** Whether an expired object, known by its validators, has changed. */
  | { readonly kind: "revalidation"; readonly validators: HttpHeaders };

/**
 * Goes to the origin of a cache behavior, or to the two of its origin group: origin-request, the
 * origin, origin-response (LE-A-22, LE-A-23).
 */
export async function requestFromOrigin(
  leg: Leg,
  request: HttpRequest,
  intent: OriginIntent,
): Promise<OriginOutcome> {
  const { origins, failoverStatuses } = originsOf(leg, request.method);
  const [primary, secondary] = origins;
  const first = await tryOrigin(leg, request, primary, intent);
  if (secondary === undefined || !failsOver(first, failoverStatuses)) return first;
  leg.journey.steps.push({ step: "origin-failover", from: primary.id, to: secondary.id });
  return tryOrigin(leg, request, secondary, intent);
}

function originsOf(
  leg: Leg,
  method: string,
): { readonly origins: readonly [Origin, Origin?]; readonly failoverStatuses: readonly number[] } {
  const { distribution } = leg.journey.ports;
  const { targetOriginId } = leg.cacheBehavior;
  const group = distribution.originGroups.get(targetOriginId);
  const primary = distribution.origins.get(group?.primaryOriginId ?? targetOriginId);
  if (primary === undefined) {
    throw new Error(
      `Cache behavior ${leg.cacheBehavior.pathPattern} names no origin: ${targetOriginId}`,
    );
  }
  const mayFailOver = group !== undefined && ["GET", "HEAD", "OPTIONS"].includes(method);
  const secondary = mayFailOver ? distribution.origins.get(group.secondaryOriginId) : undefined;
  return {
    origins: secondary === undefined ? [primary] : [primary, secondary],
    failoverStatuses: group?.failoverStatuses ?? [],
  };
}

function failsOver(outcome: OriginOutcome, failoverStatuses: readonly number[]): boolean {
  if (outcome.kind === "function-failure") return false;
  if (outcome.kind === "origin-failure") return true;
  return !outcome.isGenerated && failoverStatuses.includes(outcome.originStatus);
}

async function tryOrigin(
  leg: Leg,
  request: HttpRequest,
  configuredOrigin: Origin,
  intent: OriginIntent,
): Promise<OriginOutcome> {
  const { journey, cacheBehavior } = leg;
  const { originClient } = journey.ports;
  const unresolved = await originClient.resolve(configuredOrigin);
  if (unresolved !== undefined) {
    recordSkipped(leg, "origin-request", "LE-A-20: the origin's name does not resolve");
    return originFailed(leg, configuredOrigin, request, unresolved, 0);
  }
  const composed = composeOriginRequest({
    cacheBehavior,
    origin: configuredOrigin,
    request,
    requestId: journey.context.requestId,
    httpVersion: journey.viewerRequest.httpVersion,
    distributionDomainName: journey.context.distributionDomainName,
    viewerHeaders: viewerHeadersFor(leg),
    validators: intent.kind === "revalidation" ? intent.validators : undefined,
  });
  const decided = await originRequestEvent(leg, composed, configuredOrigin);
  if (decided.kind !== "send") return decided.outcome;
  return sendToOrigin(leg, requestToSend(decided.request, intent), decided.origin);
}

async function originRequestEvent(
  leg: Leg,
  request: HttpRequest,
  origin: Origin,
): Promise<
  | { readonly kind: "send"; readonly request: HttpRequest; readonly origin: Origin }
  | { readonly kind: "outcome"; readonly outcome: OriginOutcome }
> {
  const { journey, cacheBehavior } = leg;
  const association = cacheBehavior.functionAssociations["origin-request"];
  if (association === undefined) return { kind: "send", request, origin };
  const outcome = await journey.ports.functionRunner.runOriginRequest(
    association,
    journey.context,
    request,
    originToEvent(origin, journey.viewerRequest.protocol),
  );
  const warning =
    outcome.kind === "generated-response"
      ? unverifiedViewerResponse(leg, undefined, outcome.response.status)
      : undefined;
  recordFunctionRun(journey, outcome, request, warning);
  switch (outcome.kind) {
    case "failure":
      return {
        kind: "outcome",
        outcome: { kind: "function-failure", served: functionFailed(journey, outcome.failure) },
      };
    case "generated-response":
      recordSkipped(
        leg,
        "origin-response",
        "LE-A-07: the origin-request function generated the response",
      );
      return {
        kind: "outcome",
        outcome: {
          kind: "response",
          response: withReasonPhrase(outcome.response),
          origin,
          isGenerated: true,
          isIncomplete: false,
          originStatus: outcome.response.status,
        },
      };
    case "request": {
      if (outcome.origin === undefined) return { kind: "send", request: outcome.request, origin };
      const changed = applyOriginChange(origin, outcome.origin, [
        ...journey.ports.distribution.origins.values(),
      ]);
      const unresolved = await journey.ports.originClient.resolve(changed);
      if (unresolved === undefined)
        return { kind: "send", request: outcome.request, origin: changed };
      return {
        kind: "outcome",
        outcome: originFailed(leg, changed, outcome.request, unresolved, 0),
      };
    }
  }
}

/** Of what is to be cached, CloudFront fetches the whole; conditions and ranges are answered from that. */
function requestToSend(request: HttpRequest, intent: OriginIntent): HttpRequest {
  return intent.kind === "whole-object"
    ? { ...request, headers: withoutHeaders(request.headers, partialHeaders) }
    : request;
}

const partialHeaders: readonly string[] = [
  "if-match",
  "if-modified-since",
  "if-none-match",
  "if-range",
  "if-unmodified-since",
  "range",
];

async function sendToOrigin(
  leg: Leg,
  request: HttpRequest,
  origin: Origin,
): Promise<OriginOutcome> {
  const { journey, cacheBehavior } = leg;
  const sentAtMs = journey.ports.clock.now();
  const answer = await journey.ports.originClient.fetch(
    origin,
    request,
    journey.viewerRequest.protocol,
  );
  const durationMs = journey.ports.clock.now() - sentAtMs;
  if (answer.kind === "failure")
    return originFailed(leg, origin, request, answer.failure, durationMs);

  journey.steps.push({
    step: "origin",
    origin,
    request: requestHeadOf(request),
    response: responseHeadOf(answer.response),
    failure: undefined,
    failureDetail: undefined,
    durationMs,
  });
  const fromOrigin = sanitizeOriginResponse(cacheBehavior, answer.response);
  const association = cacheBehavior.functionAssociations["origin-response"];
  const outcome = {
    kind: "response",
    origin,
    isGenerated: false,
    isIncomplete: answer.isIncomplete === true,
    originStatus: fromOrigin.status,
  } as const;
  if (association === undefined) {
    return { ...outcome, response: withoutS3RequestIds(fromOrigin, origin.kind) };
  }

  const result = await journey.ports.functionRunner.runOriginResponse(
    association,
    journey.context,
    request,
    originToEvent(origin, journey.viewerRequest.protocol),
    fromOrigin,
  );
  const warning =
    result.kind === "response"
      ? unverifiedViewerResponse(leg, fromOrigin.status, result.response.status)
      : undefined;
  recordFunctionRun(journey, result, fromOrigin, warning);
  if (result.kind === "failure") {
    return { kind: "function-failure", served: functionFailed(journey, result.failure) };
  }
  return {
    ...outcome,
    response: withReasonPhrase(withoutS3RequestIds(result.response, origin.kind)),
  };
}

function originFailed(
  leg: Leg,
  origin: Origin,
  request: HttpRequest,
  failure: OriginFailure,
  durationMs: number,
): OriginOutcome {
  const { journey } = leg;
  journey.steps.push({
    step: "origin",
    origin,
    request: requestHeadOf(request),
    response: undefined,
    failure: `${failure.detail}: ${failure.message}`,
    failureDetail: failure.detail,
    durationMs,
  });
  const text =
    failure.status === 504
      ? "CloudFront attempted to establish a connection with the origin, but either the attempt failed or the origin closed the connection."
      : "CloudFront wasn't able to connect to the origin.";
  return {
    kind: "origin-failure",
    origin,
    response: errorPage(
      failure.status,
      `${text} ${failure.detail}: ${failure.message}`,
      journey.context.requestId,
    ),
  };
}
