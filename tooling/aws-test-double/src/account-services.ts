import { type AwsAnswer, errorAnswer, jsonAnswer, queryAnswer } from "./aws-answer.ts";
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

/** Answers as IAM does. */
export function answerIam(
  { operation, form }: AwsRequest,
  { deniedActions }: TestAccount,
): AwsAnswer | undefined {
  if (operation !== "SimulatePrincipalPolicy") return undefined;
  const actions = [...form].filter(([name]) => name.startsWith("ActionNames.member."));
  const members = actions.map(([, action]) => {
    const decision = deniedActions.includes(action) ? "implicitDeny" : "allowed";
    return `<member><EvalActionName>${action}</EvalActionName><EvalDecision>${decision}</EvalDecision></member>`;
  });
  return queryAnswer(operation, `<EvaluationResults>${members.join("")}</EvaluationResults>`);
}

/** Answers as Certificate Manager does. */
export function answerAcm(
  request: AwsRequest,
  { certificates }: TestAccount,
): AwsAnswer | undefined {
  if (request.operation !== "DescribeCertificate") return undefined;
  const certificate = certificates.get(String(request.json["CertificateArn"]));
  if (certificate === undefined) {
    return errorAnswer(request, 400, "ResourceNotFoundException", "No such certificate.");
  }
  const { status, names } = certificate;
  return jsonAnswer({ Certificate: { Status: status, SubjectAlternativeNames: names } });
}

/** Answers as CloudTrail does, which the CDK CLI asks for the reason when a stack fails. */
export function answerCloudTrail({ operation }: AwsRequest): AwsAnswer | undefined {
  return operation === "LookupEvents" ? jsonAnswer({ Events: [] }) : undefined;
}
