import type { TestAccount } from "./account-services.ts";
import { type AwsResponse, errorResponse, jsonResponse } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";
import type { TestCloudFormation } from "./cloudformation.ts";
import type { StackTemplate } from "./stack-template.ts";
import { testAccount } from "./sts.ts";
import type { TestStack } from "./test-stack.ts";

/** A function of Lambda that CloudFormation has made. */
export interface TestLambda {
  readonly stackId: string;
  /** Whether it has a version for a distribution: AWS then holds replicas of it for hours. */
  readonly isReplicated: boolean;
}

/** The functions of the account, by name. */
export type TestLambdas = Map<string, TestLambda>;

type Lambdas = Pick<TestCloudFormation, "lambdas" | "holdsReplicas">;

/**
 * Makes the stack's functions those of a template. One whose replicas are still there stays in the account: an update
 * of the stack completes without it.
 */
export function deployLambdas(stack: TestStack, template: StackTemplate, state: Lambdas): void {
  const resources = Object.values(template.Resources ?? {});
  const versions = JSON.stringify(resources.filter(({ Type }) => Type === "AWS::Lambda::Version"));
  const own = stack.resources.filter(({ type }) => type === "AWS::Lambda::Function");
  const kept = new Set(own.map(({ physicalId }) => physicalId));
  for (const [name, { stackId }] of state.lambdas) {
    if (stackId === stack.id && !kept.has(name)) deleteLambda(name, state);
  }
  for (const { logicalId, physicalId } of own) {
    const isReplicated = versions.includes(`"${logicalId}"`);
    state.lambdas.set(physicalId, { stackId: stack.id, isReplicated });
  }
}

/** Deletes the functions of a stack; returns the names of those that AWS does not delete. */
export function deleteLambdas(stack: TestStack, state: Lambdas): readonly string[] {
  const names = stack.resources.map(({ physicalId }) => physicalId);
  return names.filter((name) => state.lambdas.has(name) && !deleteLambda(name, state));
}

function deleteLambda(name: string, { lambdas, holdsReplicas }: Lambdas): boolean {
  if (holdsReplicas && lambdas.get(name)?.isReplicated === true) return false;
  return lambdas.delete(name);
}

/** Responds as Lambda does. */
export function respondAsLambda(
  request: AwsRequest,
  { concurrentExecutions }: TestAccount,
  state: Lambdas,
): AwsResponse | undefined {
  const { method, path } = request;
  const [, name, rest] =
    /^\/2015-03-31\/functions\/(?:arn:aws:lambda:us-east-1:\d+:function:)?([\w-]+)(\/configuration)?$/.exec(
      path,
    ) ?? [];
  if (name !== undefined && method === "DELETE" && rest === undefined) {
    return deleteFunction(request, name, state);
  }
  if (name !== undefined && method === "GET" && rest !== undefined) {
    return jsonResponse({ FunctionName: name, CodeSize: 3456, MemorySize: 128 });
  }
  if (method !== "GET" || !/^\/2016-08-19\/account-settings\/?$/.test(path)) return undefined;
  return jsonResponse({
    AccountLimit: { ConcurrentExecutions: concurrentExecutions, TotalCodeSize: 80_530_636_800 },
    AccountUsage: { TotalCodeSize: 1000 },
  });
}

/** LE-F-17. */
function deleteFunction(request: AwsRequest, name: string, state: Lambdas): AwsResponse {
  const arn = `arn:aws:lambda:us-east-1:${testAccount}:function:${name}`;
  if (!state.lambdas.has(name)) {
    const absent = `Function not found: ${arn}`;
    return errorResponse(request, 404, "ResourceNotFoundException", absent);
  }
  if (deleteLambda(name, state)) return { status: 204 };
  const message = `Lambda was unable to delete ${arn}:1 because it is a replicated function. Please see our documentation for Deleting Lambda@Edge Functions and Replicas.`;
  return errorResponse(request, 400, "InvalidParameterValueException", message);
}
