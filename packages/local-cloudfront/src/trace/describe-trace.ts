import { textOfBytes } from "../distribution/byte-string.ts";
import type { JourneyRecord } from "../edge-location/journey-record.ts";
import { describeRequest, describeResponse } from "./describe-message.ts";
import { describeStep } from "./describe-step.ts";
import type { Masking } from "./masking.ts";
import { once } from "./once.ts";
import type { Trace } from "./trace.ts";

/** Describes a journey from what was recorded on the way. */
export function describeTrace(journey: JourneyRecord, masking: Masking): Trace {
  const { requestId, startedAtMs, durationMs, resultType, detailedResultType } = journey;
  const { request, response, viewer } = journey;
  const tracedRequest = once(() => ({ ...describeRequest(request, masking), ...viewer }));
  const tracedResponse = once(() => describeResponse(response, masking));
  const steps = once(() =>
    journey.steps.map((step, index) => describeStep(step, { journey, index, masking })),
  );
  return {
    requestId,
    startedAtMs,
    durationMs,
    method: request.method,
    uri: textOfBytes(request.uri),
    querystring: textOfBytes(request.querystring),
    status: response.status,
    resultType,
    detailedResultType,
    get request() {
      return tracedRequest();
    },
    get response() {
      return tracedResponse();
    },
    get steps() {
      return steps();
    },
  };
}
