import { type AwsResponse, errorResponse, jsonResponse, queryResponse } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";

/** What the account's own services say to the checks before a deploy. */
export interface TestAccount {
  /** Actions that IAM's simulation denies. */
  readonly deniedActions: readonly string[];
  /** Certificates by ARN. */
  readonly certificates: ReadonlyMap<
    string,
    { readonly status: string; readonly names: readonly string[] }
  >;
  readonly concurrentExecutions: number;
}

/** Responds as IAM does. */
export function respondAsIam(
  { operation, form }: AwsRequest,
  { deniedActions }: TestAccount,
): AwsResponse | undefined {
  if (operation !== "SimulatePrincipalPolicy") return undefined;
  const actions = [...form].filter(([name]) => name.startsWith("ActionNames.member."));
  const members = actions.map(([, action]) => {
    const decision = deniedActions.includes(action) ? "implicitDeny" : "allowed";
    return `<member><EvalActionName>${action}</EvalActionName><EvalDecision>${decision}</EvalDecision></member>`;
  });
  return queryResponse(operation, `<EvaluationResults>${members.join("")}</EvaluationResults>`);
}

/** Responds as Certificate Manager does. */
export function respondAsAcm(
  request: AwsRequest,
  { certificates }: TestAccount,
): AwsResponse | undefined {
  if (request.operation !== "DescribeCertificate") return undefined;
  const certificate = certificates.get(String(request.json["CertificateArn"]));
  if (certificate === undefined) {
    return errorResponse(request, 400, "ResourceNotFoundException", "No such certificate.");
  }
  const { status, names } = certificate;
  return jsonResponse({ Certificate: { Status: status, SubjectAlternativeNames: names } });
}

/** Responds as CloudTrail does, which the CDK CLI asks for the reason when a stack fails. */
export function respondAsCloudTrail({ operation }: AwsRequest): AwsResponse | undefined {
  return operation === "LookupEvents" ? jsonResponse({ Events: [] }) : undefined;
}
