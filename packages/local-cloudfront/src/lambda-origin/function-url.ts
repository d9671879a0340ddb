import { createHash } from "node:crypto";
import type { FunctionUrl } from "../distribution/lambda-endpoints.ts";
import type { SigningBehavior } from "../distribution/origins.ts";
import { errorResponse, type EndpointError } from "./endpoint-response.ts";
import { headerValue } from "./event-parts.ts";
import type { EndpointRequest, EndpointResponse } from "./lambda-origin.ts";
import { otherHostReason } from "./other-host.ts";
import { format2Event } from "./payload-format-2.ts";
import { readFormat2Result } from "./read-function-result.ts";
import { runFunction } from "./run-function.ts";

const forbidden: EndpointError = {
  status: 403,
  errorType: "AccessDeniedException",
  body: '{"Message":"Forbidden. For troubleshooting Function URL authorization issues, see: https://docs.aws.amazon.com/lambda/latest/dg/urls-auth.html"}',
};

const wrongSignature: EndpointError = {
  status: 403,
  errorType: "InvalidSignatureException",
  body: '{"message":"The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method. Consult the service documentation for details."}',
};

const failed: EndpointError = {
  status: 502,
  errorType: undefined,
  body: "Internal Server Error",
};

/** A function URL waits for as long as a function may run. */
const timeoutMs = 900_000;

/**
 * Responds as a function URL does, to requests that an origin access control may have signed.
 *
 * @param signingBehavior undefined without an origin access control
 * @see https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export async function fetchFromFunctionUrl(
  { lambda, ...url }: FunctionUrl,
  asked: EndpointRequest,
  signingBehavior: SigningBehavior | undefined,
): Promise<EndpointResponse> {
  const refused = refusalOf(url, asked, signingBehavior);
  if (refused !== undefined) return errorResponse(asked, refused.error, refused.reason);
  const event = format2Event(asked, {
    accountId: "anonymous",
    routeKey: "$default",
    stage: "$default",
    rawPath: asked.path,
    pathParameters: {},
    stageVariables: {},
  });
  return runFunction(asked, {
    lambda,
    event,
    timeoutMs,
    readOf: (json) => readFormat2Result(json, "application/json"),
    decodesBase64: true,
    failed,
    timedOut: failed,
  });
}

/** Who is not let in, and why (CF-P-02). */
function refusalOf(
  { logicalId, authType, lacksPermission }: Omit<FunctionUrl, "lambda">,
  asked: EndpointRequest,
  signingBehavior: SigningBehavior | undefined,
): { readonly error: EndpointError; readonly reason: string } | undefined {
  const otherHost = otherHostReason(`Function URL ${logicalId}`, asked);
  if (otherHost !== undefined) return { error: forbidden, reason: otherHost };
  if (lacksPermission !== undefined) {
    return {
      error: forbidden,
      reason: `Function URL ${logicalId} lets nobody in: ${lacksPermission}`,
    };
  }
  if (authType === "NONE") return undefined;
  const { request } = asked;
  const keepsViewers =
    signingBehavior === "no-override" && headerValue(request, "authorization") !== "";
  if (signingBehavior === undefined || signingBehavior === "never" || keepsViewers) {
    const reason = `Function URL ${logicalId} demands signed requests (AuthType AWS_IAM): give its origin an origin access control that signs always.`;
    return { error: forbidden, reason };
  }
  const { body = new Uint8Array() } = request;
  const sent = headerValue(request, "x-amz-content-sha256");
  const hash = createHash("sha256").update(body).digest("hex");
  if (sent === hash || (sent === "" && body.byteLength === 0)) return undefined;
  const problem = sent === "" ? "is missing" : "is not that of the body";
  const reason = `CF-P-02: The header x-amz-content-sha256 ${problem}: whoever sends a body through CloudFront to a function URL has to send its SHA-256, in hexadecimal.`;
  return { error: wrongSignature, reason };
}
