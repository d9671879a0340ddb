import { isDeepStrictEqual } from "node:util";
import type { StackTemplate } from "./stack-template.ts";
import { type AwsResponse, errorResponse, escapeXml, queryResponse } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";
import { deployKeyValueStores, refusedKeyValueStore } from "./deployed-key-value-stores.ts";
import type { TestKeyValueStores } from "./key-value-stores.ts";
import type { TestBuckets } from "./s3.ts";
import { stackResponse, stackResourcesResponse } from "./stack-responses.ts";
import { deployFunctions, refusedFunction, type TestFunctions } from "./cloudfront-functions.ts";
import {
  deployDistributions,
  hasPolicyInUse,
  refusedDistribution,
  type TestDistributions,
} from "./distributions.ts";
import { deleteLambdas, deployLambdas, type TestLambdas } from "./lambda.ts";
import { tagResources, type TestTaggedResources } from "./tagged-resources.ts";
import {
  createTestStack,
  deployTemplate,
  type StackFailure,
  type TestStack,
} from "./test-stack.ts";

/** What CloudFormation remembers, and what happens to the next update. */
export interface TestCloudFormation {
  readonly stacks: Map<string, TestStack>;
  /** By id: they are known by it for 90 days. */
  readonly deletedStacks: Map<string, TestStack>;
  /** The account's CloudFront Functions. */
  readonly functions: TestFunctions;
  readonly lambdas: TestLambdas;
  readonly tagged: TestTaggedResources;
  readonly distributions: TestDistributions;
  readonly keyValueStores: TestKeyValueStores;
  /** The domain name that each distribution is given. */
  readonly distributionDomainName: string;
  /** Whether updates fail, with this reason, and are rolled back. */
  rollbackReason: string | undefined;
  /** Whether functions are not deleted because of their replicas. */
  holdsReplicas: boolean;
  /** How many more times a stack is said to be at work. */
  busyCount: number;
}

/** Responds as CloudFormation does: a change set's template becomes the stack's, all at once. */
export function respondAsCloudFormation(
  request: AwsRequest,
  state: TestCloudFormation,
  buckets: TestBuckets,
): AwsResponse | undefined {
  const { operation, form } = request;
  const named = form.get("StackName") ?? "";
  // Some operations name the stack by its id, by which it is known after it has been deleted too.
  const stackName = named.split("/")[1] ?? named;
  const isId = named !== stackName;
  const present = state.stacks.get(stackName);
  const stack =
    isId && present?.id !== named && !named.includes(":changeSet/")
      ? state.deletedStacks.get(named)
      : present;
  if (operation === "CreateChangeSet") return createChangeSet(request, state, buckets);
  if (stack === undefined) {
    return errorResponse(request, 400, "ValidationError", `Stack with id ${named} does not exist`);
  }
  switch (operation) {
    case "DescribeStacks":
      return queryResponse(operation, stackResponse(stack, state));
    case "DescribeStackResources":
      return queryResponse(operation, stackResourcesResponse(stack));
    case "DescribeStackEvents":
      return queryResponse(operation, `<StackEvents>${stack.events.join("")}</StackEvents>`);
    case "GetTemplate":
      return queryResponse(
        operation,
        `<TemplateBody>${escapeXml(JSON.stringify(stack.template))}</TemplateBody>`,
      );
    case "DescribeChangeSet":
      return stack.nextTemplate === undefined
        ? errorResponse(request, 404, "ChangeSetNotFound", "The change set does not exist.")
        : describeChangeSet(stack);
    case "ExecuteChangeSet":
      return executeChangeSet(stack, state, buckets);
    case "DeleteChangeSet":
      stack.nextTemplate = undefined;
      return queryResponse(operation, "");
    case "UpdateTerminationProtection":
      stack.isProtected = form.get("EnableTerminationProtection") === "true";
      return queryResponse(operation, `<StackId>${stack.id}</StackId>`);
    case "DeleteStack":
      deleteTestStack(stack, state);
      return queryResponse(operation, "");
    default:
      return undefined;
  }
}

function createChangeSet(
  request: AwsRequest,
  { stacks, deletedStacks }: TestCloudFormation,
  buckets: TestBuckets,
): AwsResponse | undefined {
  const { form, operation } = request;
  const stackName = form.get("StackName") ?? "";
  const url = new URL(form.get("TemplateURL") ?? "http://nowhere");
  const [, bucketName = "", key = ""] = /^\/([^/]+)\/(.*)$/.exec(url.pathname) ?? [];
  const body = buckets.get(bucketName)?.get(key)?.body;
  if (body === undefined) {
    return errorResponse(request, 400, "ValidationError", `S3 error: no template at ${url.href}`);
  }
  const template: StackTemplate = JSON.parse(new TextDecoder().decode(body));
  const before = [...deletedStacks.values()].filter(({ name }) => name === stackName).length;
  const suffix = before === 0 ? "" : `-${before}`;
  const stack = stacks.get(stackName) ?? createTestStack(stackName, suffix);
  stacks.set(stackName, stack);
  stack.nextTemplate = template;
  stack.nextParameters = parametersOf(form, template, stack);
  return queryResponse(operation, `<Id>${changeSetId(stack)}</Id><StackId>${stack.id}</StackId>`);
}

function describeChangeSet(stack: TestStack): AwsResponse {
  const hasChanges = !isDeepStrictEqual(stack.template, stack.nextTemplate);
  const status = hasChanges
    ? "<Status>CREATE_COMPLETE</Status><ExecutionStatus>AVAILABLE</ExecutionStatus><Changes><member><Type>Resource</Type></member></Changes>"
    : "<Status>FAILED</Status><StatusReason>The submitted information didn't contain changes.</StatusReason><Changes/>";
  return queryResponse(
    "DescribeChangeSet",
    `<ChangeSetName>cdk-deploy-change-set</ChangeSetName><ChangeSetId>${changeSetId(stack)}</ChangeSetId><StackId>${stack.id}</StackId><StackName>${stack.name}</StackName>${status}`,
  );
}

function executeChangeSet(
  stack: TestStack,
  state: TestCloudFormation,
  buckets: TestBuckets,
): AwsResponse {
  deployTestStack(stack, state, buckets);
  return queryResponse("ExecuteChangeSet", "");
}

/** Makes the next template of a stack its own, with all that is in it. */
export function deployTestStack(
  stack: TestStack,
  state: TestCloudFormation,
  buckets: TestBuckets,
): void {
  const { nextTemplate: template = {} } = stack;
  const failure = failureOf(stack, template, state, buckets);
  if (failure === undefined) deployKeyValueStores(stack, template, state.keyValueStores, buckets);
  deployTemplate(stack, state.distributionDomainName, failure);
  if (failure === undefined) {
    deployFunctions(stack.name, template, state.functions);
    deployLambdas(stack, template, state);
    deployDistributions(stack, state.distributions);
    tagResources(stack, state.tagged);
  }
  for (const { type, physicalId } of stack.resources) {
    if (type === "AWS::S3::Bucket" && !buckets.has(physicalId)) buckets.set(physicalId, new Map());
  }
}

function failureOf(
  stack: TestStack,
  template: StackTemplate,
  { rollbackReason, functions, distributions }: TestCloudFormation,
  buckets: TestBuckets,
): StackFailure | undefined {
  if (rollbackReason !== undefined) {
    const type = "AWS::CloudFront::Distribution";
    return { logicalId: "SiteDistribution", type, reason: rollbackReason };
  }
  const refused = refusedFunction(stack.name, template, functions);
  if (refused !== undefined) return { ...refused, type: "AWS::CloudFront::Function" };
  return (
    refusedDistribution(stack, template, distributions) ??
    refusedKeyValueStore(stack, template, buckets)
  );
}

/** Deletes a stack as far as the replicas of its functions let it; what is to be retained stays. */
export function deleteTestStack(stack: TestStack, state: TestCloudFormation): void {
  stack.deletionTime = new Date().toISOString();
  if (hasPolicyInUse(stack, state.distributions)) {
    stack.status = "DELETE_FAILED";
    stack.notDeleted = stack.resources.map(({ physicalId }) => physicalId);
    return;
  }
  deployFunctions(stack.name, {}, state.functions);
  deployKeyValueStores(stack, {}, state.keyValueStores, new Map());
  for (const { physicalId } of stack.resources) state.distributions.delete(physicalId);
  const replicated = deleteLambdas(stack, state);
  if (replicated.length > 0) {
    stack.status = "DELETE_FAILED";
    stack.notDeleted = replicated;
  } else {
    stack.status = "DELETE_COMPLETE";
    state.stacks.delete(stack.name);
    state.deletedStacks.set(stack.id, stack);
  }
}

/** What the request gives, what it keeps, and else the defaults. */
function parametersOf(
  form: URLSearchParams,
  { Parameters = {} }: StackTemplate,
  { parameters }: TestStack,
): Readonly<Record<string, string>> {
  const values = Object.entries(Parameters).map(([name, { Default }]) => {
    const [at = ""] = [...form].find(([, value]) => value === name) ?? [];
    const field = (part: string) => form.get(at.replace("ParameterKey", part));
    const kept = field("UsePreviousValue") === "true" ? parameters[name] : undefined;
    return [name, kept ?? field("ParameterValue") ?? String(Default)];
  });
  return Object.fromEntries(values);
}

function changeSetId(stack: TestStack): string {
  return stack.id.replace(":stack/", ":changeSet/");
}
