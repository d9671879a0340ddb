import type { HttpRequest, HttpResponse } from "../distribution/http-message.ts";
import type { Origin } from "../distribution/origins.ts";
import { originToEvent } from "../origin/origin-to-event.ts";
import { sanitizeOriginResponse, withoutS3RequestIds } from "../origin/sanitize-origin-response.ts";
import { functionFailed, recordFunctionRun } from "./function-steps.ts";
import type { Leg } from "./journey.ts";
import { requestHeadOf, responseHeadOf } from "./message-head.ts";
import { originFailed, type OriginOutcome } from "./origin-outcome.ts";
import { withReasonPhrase } from "./reason-phrase.ts";
import { unverifiedViewerResponse } from "./unverified-viewer-response.ts";

/** Sends a request to an origin, and runs the origin-response function, if there is one, on the answer. */
export async function sendToOrigin(
  leg: Leg,
  request: HttpRequest,
  origin: Origin,
): Promise<OriginOutcome> {
  const { ports, viewerRequest, steps } = leg.journey;
  const sentAtMs = ports.clock.now();
  const answer = await ports.originClient.fetch(origin, request, viewerRequest.protocol);
  const durationMs = ports.clock.now() - sentAtMs;
  if (answer.kind === "failure") {
    return originFailed(leg, origin, request, answer.failure, durationMs);
  }
  steps.push({
    step: "origin",
    origin,
    request: requestHeadOf(request),
    response: responseHeadOf(answer.response),
    failure: undefined,
    failureDetail: undefined,
    durationMs,
  });
  return originResponseEvent(leg, request, origin, answer.response);
}

async function originResponseEvent(
  leg: Leg,
  request: HttpRequest,
  origin: Origin,
  answer: HttpResponse,
): Promise<OriginOutcome> {
  const { journey, cacheBehavior } = leg;
  const fromOrigin = sanitizeOriginResponse(cacheBehavior, answer);
  const outcomeOf = (response: HttpResponse): OriginOutcome => ({
    kind: "response",
    response,
    origin,
    isGenerated: false,
    originStatus: fromOrigin.status,
  });
  const association = cacheBehavior.functionAssociations["origin-response"];
  if (association === undefined) return outcomeOf(withoutS3RequestIds(fromOrigin, origin.kind));
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
  return outcomeOf(withReasonPhrase(withoutS3RequestIds(result.response, origin.kind)));
}
