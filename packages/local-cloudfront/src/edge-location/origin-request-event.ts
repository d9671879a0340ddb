import type { HttpRequest } from "../distribution/http-message.ts";
import type { Origin } from "../distribution/origins.ts";
import { applyOriginChange } from "../origin/apply-origin-change.ts";
import { originToEvent } from "../origin/origin-to-event.ts";
import type { GeneratedOutcome } from "../lambda-edge/function-runner.ts";
import { functionFailed, recordFunctionRun, recordSkipped } from "./function-steps.ts";
import type { Leg } from "./journey.ts";
import { originFailed, type OriginOutcome } from "./origin-outcome.ts";
import { withReasonPhrase } from "./reason-phrase.ts";
import { unverifiedViewerResponse } from "./unverified-viewer-response.ts";

/** What origin-request makes of a request: one to send, or an outcome without the origin. */
export type OriginRequestDecision =
  | { readonly kind: "send"; readonly request: HttpRequest; readonly origin: Origin }
  | { readonly kind: "outcome"; readonly outcome: OriginOutcome };

/** Runs the origin-request function, if there is one, on a request that is about to be sent. */
export async function originRequestEvent(
  leg: Leg,
  request: HttpRequest,
  origin: Origin,
): Promise<OriginRequestDecision> {
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
    case "failure": {
      const served = functionFailed(journey, outcome.failure);
      return { kind: "outcome", outcome: { kind: "function-failure", served } };
    }
    case "generated-response":
      return { kind: "outcome", outcome: generated(leg, outcome, origin) };
    case "request":
      return outcome.origin === undefined
        ? { kind: "send", request: outcome.request, origin }
        : toChangedOrigin(leg, outcome.request, applyChange(leg, origin, outcome.origin));
  }
}

function generated(leg: Leg, { response }: GeneratedOutcome, origin: Origin): OriginOutcome {
  const reason = "LE-A-07: the origin-request function generated the response";
  recordSkipped(leg, "origin-response", reason);
  return {
    kind: "response",
    response: withReasonPhrase(response),
    origin,
    isGenerated: true,
    originStatus: response.status,
  };
}

function applyChange(
  { journey }: Leg,
  origin: Origin,
  change: Parameters<typeof applyOriginChange>[1],
): Origin {
  return applyOriginChange(origin, change, [...journey.ports.distribution.origins.values()]);
}

async function toChangedOrigin(
  leg: Leg,
  request: HttpRequest,
  origin: Origin,
): Promise<OriginRequestDecision> {
  const unresolved = await leg.journey.ports.originClient.resolve(origin);
  return unresolved === undefined
    ? { kind: "send", request, origin }
    : { kind: "outcome", outcome: originFailed(leg, origin, request, unresolved, 0) };
}
