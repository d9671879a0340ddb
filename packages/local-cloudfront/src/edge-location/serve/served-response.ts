import type { CachedObject } from "../../cache/object-cache.ts";
import type { HttpResponse } from "../../http/http-message.ts";
import { recordSkipped } from "../function-steps.ts";
import type { BehaviorScope, ServedResponse } from "../request-context.ts";
import type { OriginOutcome } from "./origin-outcome.ts";

/** The response that came from the origin, or from a function on an origin event. */
export function servedFromOrigin(outcome: OriginOutcome): ServedResponse {
  if (outcome.kind === "function-failure") return outcome.served;
  const { response } = outcome;
  const isGenerated = outcome.kind === "response" && outcome.isGenerated;
  const viewerResponseSkipped = viewerResponseSkip(
    response,
    isGenerated ? "the status that origin-request generated" : "the origin's status",
  );
  const resultType = isGenerated
    ? "LambdaGeneratedResponse"
    : viewerResponseSkipped === undefined
      ? "Miss"
      : "Error";
  return { response, resultType, viewerResponseSkipped, fromOrigin: true };
}

/** The response that an object gives of which the origin said that it has not changed (CF-G-36). */
export function servedFromRefresh(response: HttpResponse): ServedResponse {
  return {
    response,
    resultType: "RefreshHit",
    viewerResponseSkipped: viewerResponseSkip(response, "the status in the cache"),
    fromOrigin: true,
  };
}

/** The response that a cached object gives, fresh or stale. */
export function servedFromCache(
  scope: BehaviorScope,
  object: CachedObject,
  ageSeconds: number,
): ServedResponse {
  for (const eventType of ["origin-request", "origin-response"] as const) {
    recordSkipped(scope, eventType, "LE-A-02: the object is in the cache");
  }
  const viewerResponseSkipped = viewerResponseSkip(object.response, "the status in the cache");
  return {
    response: object.atAge(ageSeconds),
    resultType: viewerResponseSkipped === undefined ? "Hit" : "Error",
    viewerResponseSkipped,
    fromOrigin: true,
  };
}

/**
 * Says why viewer-response does not run for a status; undefined where it runs.
 *
 * FIDELITY LE-A-09, P-01: AWS speaks of the status that the origin returned. The status that leaves
 * origin-response decides here, and that of a response which origin-request generated.
 */
function viewerResponseSkip({ status }: HttpResponse, subject: string): string | undefined {
  return status >= 400 ? `LE-A-08: ${subject} is ${status}` : undefined;
}
