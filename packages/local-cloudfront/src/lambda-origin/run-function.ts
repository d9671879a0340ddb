import type { OriginFunction } from "../distribution/edge-functions.ts";
import { endpointResponse, errorResponse, type EndpointError } from "./endpoint-response.ts";
import type { EndpointRequest, EndpointResponse } from "./lambda-origin.ts";
import type { FunctionResponse, MalformedResult } from "./read-function-result.ts";
import { withinTime } from "./within-time.ts";

/** How an endpoint runs a function, and what it says when that goes wrong. */
export interface FunctionCall {
  readonly lambda: OriginFunction;
  /** JSON text. */
  readonly event: string;
  readonly timeoutMs: number;
  readOf(json: string): FunctionResponse | MalformedResult;
  /** Whether a body that says so is decoded from base64. */
  readonly decodesBase64: boolean;
  readonly failed: EndpointError;
  readonly timedOut: EndpointError;
}

/** Runs the function and returns the response that its result stands for. */
export async function runFunction(
  asked: EndpointRequest,
  call: FunctionCall,
): Promise<EndpointResponse> {
  const invocation = await withinTime(asked.invoke(call.lambda, call.event), call.timeoutMs);
  if (invocation === undefined) {
    const reason = `${call.lambda.logicalId} did not respond within the ${call.timeoutMs / 1000} s that its API waits.`;
    return errorResponse(asked, call.timedOut, reason);
  }
  const { result, failure } = invocation;
  if (result === undefined) {
    return { ...errorResponse(asked, call.failed, failure?.detail), invocation };
  }
  const read = call.readOf(result);
  if (read.kind === "malformed") {
    const reason = `${call.lambda.logicalId}: The function's result ${read.problem}.`;
    return { ...errorResponse(asked, call.failed, reason), invocation };
  }
  const isBase64 = read.isBase64Encoded && call.decodesBase64;
  const body = Buffer.from(read.body, isBase64 ? "base64" : "utf8");
  return { response: endpointResponse(asked, read.status, read.headers, body), invocation };
}
