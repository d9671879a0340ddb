import { type AwsAnswer, errorAnswer, jsonAnswer } from "./aws-answer.ts";
import type { AwsRequest } from "./aws-request.ts";

/** Answers as Systems Manager does: it has one parameter, and that only in a bootstrapped account. */
export function answerSsm(request: AwsRequest, isBootstrapped: boolean): AwsAnswer | undefined {
  if (request.operation !== "GetParameter") return undefined;
  const { Name } = request.json;
  if (Name !== "/cdk-bootstrap/hnb659fds/version") return undefined;
  if (!isBootstrapped) return errorAnswer(request, 400, "ParameterNotFound", "Parameter not found");
  return jsonAnswer({ Parameter: { Name, Type: "String", Value: "30", Version: 1 } });
}
