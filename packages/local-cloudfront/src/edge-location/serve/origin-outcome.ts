import type { HttpHeaders, HttpRequest, HttpResponse } from "../../http/http-message.ts";
import type { Origin } from "../../distribution/origins.ts";
import type { OriginFailure } from "../../origin/origin-client.ts";
import { errorPage } from "../response/error-page.ts";
import type { BehaviorScope, ServedResponse } from "../request-context.ts";
import { requestHeadOf } from "../message-head.ts";

/** What came of going to the origin, functions on origin events included. */
export type OriginOutcome =
  | {
      readonly kind: "response";
      readonly response: HttpResponse;
      readonly origin: Origin;
      /** Whether the origin-request function made it. */
      readonly isGenerated: boolean;
      /** As the origin gave it, before origin-response. */
      readonly originStatus: number;
    }
  | { readonly kind: "origin-failure"; readonly response: HttpResponse; readonly origin: Origin }
  | { readonly kind: "function-failure"; readonly served: ServedResponse };

/** What CloudFront wants of the origin. */
export type OriginIntent =
  /** What the viewer asked for, as it asked for it: nothing will be cached. */
  | { readonly kind: "pass-through" }
  /** The object for the cache, whatever part of it the viewer asked for. */
  | { readonly kind: "whole-object" }
  /** Whether an expired object, known by its validators, has changed. */
  | { readonly kind: "revalidation"; readonly validators: HttpHeaders };

/** Records that an origin gave no response, and returns the outcome with the error page of CloudFront. */
export function originFailed(
  scope: BehaviorScope,
  origin: Origin,
  request: HttpRequest,
  failure: OriginFailure,
  durationMs: number,
): OriginOutcome {
  const { context } = scope;
  context.steps.push({
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
      context.invocation.requestId,
    ),
  };
}
