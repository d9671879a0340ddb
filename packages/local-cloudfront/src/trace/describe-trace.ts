import { textOfBytes } from "../http/byte-string.ts";
import type { RequestRecord } from "../edge-location/request-record.ts";
import { describeRequest, describeResponse } from "./describe-message.ts";
import { describeStep } from "./describe-step.ts";
import type { Masking } from "./masking.ts";
import type { Trace } from "./trace.ts";

/** Describes a request from what was recorded on its way. */
export function describeTrace(record: RequestRecord, masking: Masking): Trace {
  const { requestId, startedAtMs, durationMs, resultType, detailedResultType } = record;
  const { request, response, viewer } = record;
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
    request: { ...describeRequest(request, masking), ...viewer },
    response: describeResponse(response, masking),
    steps: record.steps.map((step, index) => describeStep(step, { record, index, masking })),
  };
}
