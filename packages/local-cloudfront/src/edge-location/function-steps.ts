import type { EventType } from "cf-types";
import { textOfBytes } from "../distribution/byte-string.ts";
import type {
  FunctionFailure,
  OriginRequestOutcome,
  ResponseOutcome,
  ViewerRequestOutcome,
} from "../lambda-edge/function-runner.ts";
import { errorPage } from "./error-page.ts";
import type { Journey, Leg, Served } from "./journey.ts";

/**
 * Appends one invocation to the trace.
 *
 * @param uri the event's, undefined for response events
 * @param warning of CloudFront's, beside those of the result
 */
export function recordFunctionRun(
  journey: Journey,
  outcome: ViewerRequestOutcome | OriginRequestOutcome | ResponseOutcome,
  uri?: string,
  warning?: string,
): void {
  const after = outcome.kind === "request" ? outcome.request.uri : undefined;
  journey.steps.push({
    step: outcome.run.eventType,
    run:
      warning === undefined
        ? outcome.run
        : { ...outcome.run, warnings: [...outcome.run.warnings, warning] },
    outcome: outcome.kind,
    failure: outcome.kind === "failure" ? outcome.failure : undefined,
    uriChange:
      uri === undefined || after === undefined || after === uri
        ? undefined
        : { before: textOfBytes(uri), after: textOfBytes(after) },
  });
}

/** Appends that an associated function did not run; nothing where no function is associated. */
export function recordSkipped(leg: Leg, eventType: EventType, reason: string): void {
  if (leg.cacheBehavior.functionAssociations[eventType] === undefined) return;
  leg.journey.steps.push({ step: "skipped", eventType, reason });
}

/** The answer when a function failed: it costs the request, whatever the origin would have said. */
export function functionFailed(journey: Journey, failure: FunctionFailure): Served {
  return {
    response: errorPage(failure.status, failure.viewerText, journey.context.requestId),
    resultType: failure.resultType,
    viewerResponseSkipped: `${failure.factId}: a function failed`,
    fromOrigin: false,
  };
}
