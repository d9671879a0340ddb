import type { HttpRequest, HttpResponse } from "../../http/http-message.ts";
import type { Origin } from "../../distribution/origins.ts";
import { originToEvent } from "../../origin/origin-to-event.ts";
import {
  sanitizeOriginResponse,
  withoutS3RequestIds,
} from "../../origin/sanitize-origin-response.ts";
import { functionFailed, recordFunctionRun, unverifiedViewerResponse } from "../function-steps.ts";
import type { BehaviorScope } from "../request-context.ts";
import { requestHeadOf, responseHeadOf } from "../message-head.ts";
import { originFailed, type OriginOutcome } from "./origin-outcome.ts";
import { withReasonPhrase } from "../reason-phrase.ts";

/** Sends a request to an origin, and runs the origin-response function, if there is one, on the response. */
export async function sendToOrigin(
  scope: BehaviorScope,
  request: HttpRequest,
  origin: Origin,
): Promise<OriginOutcome> {
  const { ports, viewerRequest, steps } = scope.context;
  const sentAtMs = ports.clock.now();
  const exchange = await ports.originClient.fetch(origin, request, viewerRequest.protocol);
  const durationMs = ports.clock.now() - sentAtMs;
  if (exchange.kind === "failure") {
    return originFailed(scope, origin, request, exchange.failure, durationMs);
  }
  steps.push({
    step: "origin",
    origin,
    request: requestHeadOf(request),
    response: responseHeadOf(exchange.response),
    failure: undefined,
    failureDetail: undefined,
    notPublished: exchange.notPublished,
    invocation: exchange.invocation,
    reason: exchange.reason,
    durationMs,
  });
  return originResponseEvent(scope, request, origin, withReasonPhrase(exchange.response));
}

async function originResponseEvent(
  scope: BehaviorScope,
  request: HttpRequest,
  origin: Origin,
  exchange: HttpResponse,
): Promise<OriginOutcome> {
  const { context, cacheBehavior } = scope;
  const fromOrigin = sanitizeOriginResponse(cacheBehavior, exchange);
  const outcomeOf = (response: HttpResponse): OriginOutcome => ({
    kind: "response",
    response,
    origin,
    isGenerated: false,
    originStatus: fromOrigin.status,
  });
  const association = cacheBehavior.functionAssociations["origin-response"];
  if (association === undefined) return outcomeOf(withoutS3RequestIds(fromOrigin, origin.kind));
  const result = await context.ports.functionRunner.runOriginResponse(
    association,
    context.invocation,
    request,
    originToEvent(origin, context.viewerRequest.protocol),
    fromOrigin,
  );
  const warning =
    result.kind === "response"
      ? unverifiedViewerResponse(scope, fromOrigin.status, result.response.status)
      : undefined;
  recordFunctionRun(context, result, fromOrigin, warning);
  if (result.kind === "failure") {
    return { kind: "function-failure", served: functionFailed(context, result.failure) };
  }
  return outcomeOf(withReasonPhrase(withoutS3RequestIds(result.response, origin.kind)));
}
