import type { HttpRequest } from "../../http/http-message.ts";
import type { Origin, OriginTarget } from "../../distribution/origins.ts";
import { composeOriginRequest } from "../../origin/compose-origin-request.ts";
import { recordSkipped } from "../function-steps.ts";
import { withoutHeaders } from "../http-headers.ts";
import type { BehaviorScope } from "../request-context.ts";
import { originFailed, type OriginIntent, type OriginOutcome } from "./origin-outcome.ts";
import { originRequestEvent } from "./origin-request-event.ts";
import { partialHeaders } from "../partial-headers.ts";
import { sendToOrigin } from "./send-to-origin.ts";
import { viewerHeadersFor } from "../request/viewer-headers.ts";

/**
 * Goes to the origin of a cache behavior, or to the two of its origin group: origin-request, the
 * origin, origin-response (LE-A-22, LE-A-23).
 */
export async function requestFromOrigin(
  scope: BehaviorScope,
  request: HttpRequest,
  intent: OriginIntent,
): Promise<OriginOutcome> {
  const { primary, secondary, failoverStatuses } = scope.originTarget ?? originTargetOf(scope);
  const first = await tryOrigin(scope, request, primary, intent);
  const mayFailOver = ["GET", "HEAD", "OPTIONS"].includes(request.method);
  if (secondary === undefined || !mayFailOver || !failsOver(first, failoverStatuses)) return first;
  scope.context.steps.push({ step: "origin-failover", from: primary.id, to: secondary.id });
  return tryOrigin(scope, request, secondary, intent);
}

/** Returns the origin, or the two of the origin group, that a cache behavior names. */
export function originTargetOf({ context, cacheBehavior }: BehaviorScope): OriginTarget {
  const { distribution } = context.ports;
  const { targetOriginId } = cacheBehavior;
  const group = distribution.originGroups.get(targetOriginId);
  const primary = distribution.origins.get(group?.primaryOriginId ?? targetOriginId);
  if (primary === undefined) {
    throw new Error(
      `Cache behavior ${cacheBehavior.pathPattern} names no origin: ${targetOriginId}`,
    );
  }
  return {
    primary,
    secondary: group && distribution.origins.get(group.secondaryOriginId),
    failoverStatuses: group?.failoverStatuses ?? [],
  };
}

function failsOver(outcome: OriginOutcome, failoverStatuses: readonly number[]): boolean {
  if (outcome.kind === "function-failure") return false;
  if (outcome.kind === "origin-failure") return true;
  return !outcome.isGenerated && failoverStatuses.includes(outcome.originStatus);
}

async function tryOrigin(
  scope: BehaviorScope,
  request: HttpRequest,
  configuredOrigin: Origin,
  intent: OriginIntent,
): Promise<OriginOutcome> {
  const { context, cacheBehavior } = scope;
  const { originClient } = context.ports;
  const unresolved = await originClient.resolve(configuredOrigin);
  if (unresolved !== undefined) {
    recordSkipped(scope, "origin-request", "LE-A-20: the origin's name does not resolve");
    return originFailed(scope, configuredOrigin, request, unresolved, 0);
  }
  const composed = composeOriginRequest({
    cacheBehavior,
    origin: configuredOrigin,
    request,
    requestId: context.invocation.requestId,
    httpVersion: context.viewerRequest.httpVersion,
    distributionDomainName: context.invocation.distributionDomainName,
    viewerHeaders: viewerHeadersFor(scope),
    validators: intent.kind === "revalidation" ? intent.validators : undefined,
  });
  const decided = await originRequestEvent(scope, composed, configuredOrigin);
  if (decided.kind !== "send") return decided.outcome;
  return sendToOrigin(scope, requestToSend(decided.request, intent), decided.origin);
}

/** Of what is to be cached, CloudFront fetches the whole; conditions and ranges are answered from that. */
function requestToSend(request: HttpRequest, intent: OriginIntent): HttpRequest {
  return intent.kind === "whole-object"
    ? { ...request, headers: withoutHeaders(request.headers, partialHeaders) }
    : request;
}
