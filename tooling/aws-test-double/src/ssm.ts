import { type AwsResponse, errorResponse, jsonResponse } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";

/** Responds as Systems Manager does: it has one parameter, and that only in a bootstrapped account. */
export function respondAsSsm(
  request: AwsRequest,
  isBootstrapped: boolean,
): AwsResponse | undefined {
  if (request.operation !== "GetParameter") return undefined;
  const { Name } = request.json;
  if (Name !== "/cdk-bootstrap/hnb659fds/version") return undefined;
  if (!isBootstrapped)
    return errorResponse(request, 400, "ParameterNotFound", "Parameter not found");
  return jsonResponse({ Parameter: { Name, Type: "String", Value: "30", Version: 1 } });
}
