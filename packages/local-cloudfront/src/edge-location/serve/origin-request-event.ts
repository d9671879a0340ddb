import type { HttpRequest } from "../../http/http-message.ts";
import type { Origin } from "../../distribution/origins.ts";
import { applyOriginChange } from "../../origin/apply-origin-change.ts";
import { originToEvent } from "../../origin/origin-to-event.ts";
import type { GeneratedOutcome } from "../../lambda-edge/function-runner.ts";
import {
  functionFailed,
  recordFunctionRun,
  recordSkipped,
  unverifiedViewerResponse,
} from "../function-steps.ts";
import type { BehaviorScope } from "../request-context.ts";
import { originFailed, type OriginOutcome } from "./origin-outcome.ts";
import { withReasonPhrase } from "../reason-phrase.ts";

/** What origin-request makes of a request: one to send, or an outcome without the origin. */
export type OriginRequestDecision =
  | { readonly kind: "send"; readonly request: HttpRequest; readonly origin: Origin }
  | { readonly kind: "outcome"; readonly outcome: OriginOutcome };

/** Runs the origin-request function, if there is one, on a request that is about to be sent. */
export async function originRequestEvent(
  scope: BehaviorScope,
  request: HttpRequest,
  origin: Origin,
): Promise<OriginRequestDecision> {
  const { context, cacheBehavior } = scope;
  const association = cacheBehavior.functionAssociations["origin-request"];
  if (association === undefined) return { kind: "send", request, origin };
  const outcome = await context.ports.functionRunner.runOriginRequest(
    association,
    context.invocation,
    request,
    originToEvent(origin, context.viewerRequest.protocol),
  );
  const warning =
    outcome.kind === "generated-response"
      ? unverifiedViewerResponse(scope, undefined, outcome.response.status)
      : undefined;
  recordFunctionRun(context, outcome, request, warning);
  switch (outcome.kind) {
    case "failure": {
      const served = functionFailed(context, outcome.failure);
      return { kind: "outcome", outcome: { kind: "function-failure", served } };
    }
    case "generated-response":
      return { kind: "outcome", outcome: generated(scope, outcome, origin) };
    case "request":
      return outcome.origin === undefined
        ? { kind: "send", request: outcome.request, origin }
        : toChangedOrigin(scope, outcome.request, applyChange(scope, origin, outcome.origin));
  }
}

function generated(
  scope: BehaviorScope,
  { response }: GeneratedOutcome,
  origin: Origin,
): OriginOutcome {
  const reason = "LE-A-07: the origin-request function generated the response";
  recordSkipped(scope, "origin-response", reason);
  return {
    kind: "response",
    response: withReasonPhrase(response),
    origin,
    isGenerated: true,
    originStatus: response.status,
  };
}

function applyChange(
  { context }: BehaviorScope,
  origin: Origin,
  change: Parameters<typeof applyOriginChange>[1],
): Origin {
  const { origins, contentByHost } = context.ports.distribution;
  return applyOriginChange(origin, change, [...origins.values()], contentByHost);
}

async function toChangedOrigin(
  scope: BehaviorScope,
  request: HttpRequest,
  origin: Origin,
): Promise<OriginRequestDecision> {
  const unresolved = await scope.context.ports.originClient.resolve(origin);
  return unresolved === undefined
    ? { kind: "send", request, origin }
    : { kind: "outcome", outcome: originFailed(scope, origin, request, unresolved, 0) };
}
