import type { ResultViolation } from "cf-rules";
import type { FunctionAssociation } from "../../distribution/edge-functions.ts";
import { functionIdentity } from "../thread/function-identity.ts";
import type { InvocationContext } from "../invocation-context.ts";

/** What CloudFront itself logs of a result that it refuses, beside the function's own log. */
export interface ValidationLog {
  /** In the Region where the function ran (LE-C-25). */
  readonly logGroupName: string;
  readonly lines: readonly string[];
}

/** An invocation as CloudFront's log names it. */
export interface LoggedInvocation {
  readonly association: FunctionAssociation;
  readonly context: InvocationContext;
  /** The Region in which the function ran. */
  readonly region: string;
}

/**
 * Returns CloudFront's log lines of a result that it refuses, each with the request's id in front
 * (LE-F-20).
 *
 * @param lambdaRequestId the invocation's own id
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-edge-testing-debugging.html
 */
export function validationLog(
  { association, context, region }: LoggedInvocation,
  lambdaRequestId: string,
  { logText }: ResultViolation,
): ValidationLog {
  const { invokedFunctionArn } = functionIdentity(association.edgeFunction, region);
  const entries = [
    `INFO Invoking LambdaFunctionARN: ${invokedFunctionArn} Region: ${region}`,
    `INFO Response received from Lambda: RequestId: ${lambdaRequestId}`,
    `ERROR Validation error: ${logText}`,
  ];
  return {
    logGroupName: `/aws/cloudfront/LambdaEdge/${context.distributionId}`,
    lines: entries.map((entry) => `(${context.requestId}) ${entry}`),
  };
}
