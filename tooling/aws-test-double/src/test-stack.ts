import type { StackTemplate } from "./stack-template.ts";
import { testDistributionId, testStagingDistributionId } from "./cloudfront.ts";
import { keyValueStoreArn, keyValueStoreType } from "./key-value-stores.ts";
import { testAccount } from "./sts.ts";
import { templateOutputs } from "./template-outputs.ts";

/** A resource of a stack. */
export interface TestResource {
  readonly logicalId: string;
  readonly physicalId: string;
  readonly type: string;
}

/** A stack, as far as it is asked for. */
export interface TestStack {
  readonly name: string;
  readonly suffix: string;
  readonly id: string;
  status: string;
  isProtected: boolean;
  template: StackTemplate;
  nextTemplate: StackTemplate | undefined;
  parameters: Readonly<Record<string, string>>;
  nextParameters: Readonly<Record<string, string>>;
  outputs: Readonly<Record<string, string>>;
  resources: readonly TestResource[];
  /** When it was asked for the last time that it be deleted, in ISO 8601. */
  deletionTime: string | undefined;
  /** Physical ids of what was not deleted with it. */
  notDeleted: readonly string[];
  /** XML, the youngest first. */
  readonly events: string[];
}

/** What a stack fails at. */
export interface StackFailure {
  readonly logicalId: string;
  readonly type: string;
  readonly reason: string;
}

/**
 * Returns a stack that has a change set and nothing else.
 *
 * @param suffix What its id and the names that CloudFormation makes up end with, other than those of a stack of the
 *   same name before it.
 */
export function createTestStack(name: string, suffix = ""): TestStack {
  return {
    name,
    suffix,
    id: `arn:aws:cloudformation:us-east-1:${testAccount}:stack/${name}/0123${suffix}`,
    status: "REVIEW_IN_PROGRESS",
    isProtected: false,
    template: {},
    nextTemplate: undefined,
    parameters: {},
    nextParameters: {},
    outputs: {},
    resources: [],
    deletionTime: undefined,
    notDeleted: [],
    events: [],
  };
}

/** Makes the change set's template the stack's; with a failure it is rolled back. */
export function deployTemplate(
  stack: TestStack,
  distributionDomainName: string,
  failure: StackFailure | undefined,
): void {
  const kind = stack.status === "REVIEW_IN_PROGRESS" ? "CREATE" : "UPDATE";
  if (failure !== undefined) {
    const { logicalId, type, reason } = failure;
    addEvent(stack, logicalId, type, `${kind}_FAILED`, reason);
    stack.status = kind === "CREATE" ? "ROLLBACK_COMPLETE" : "UPDATE_ROLLBACK_COMPLETE";
  } else {
    const { Resources = {} } = stack.nextTemplate ?? {};
    stack.template = stack.nextTemplate ?? {};
    stack.parameters = stack.nextParameters;
    stack.resources = Object.entries(Resources).map(([logicalId, { Type, Properties }]) => ({
      logicalId,
      physicalId: physicalIdOf(stack, logicalId, Type, Properties),
      type: Type,
    }));
    const physicalId = (logicalId: string) =>
      stack.resources.find((each) => each.logicalId === logicalId)?.physicalId ?? logicalId;
    stack.outputs = templateOutputs(stack.template, physicalId, (logicalId, attribute) => {
      if (attribute === "DomainName") return distributionDomainName;
      return Resources[logicalId]?.Type === keyValueStoreType
        ? keyValueStoreArn(stack.name, logicalId)
        : `${physicalId(logicalId)}.${attribute}`;
    });
    stack.status = `${kind}_COMPLETE`;
  }
  addEvent(stack, stack.name, "AWS::CloudFormation::Stack", stack.status, "");
  stack.nextTemplate = undefined;
}

function physicalIdOf(
  { name: stackName, suffix }: TestStack,
  logicalId: string,
  type: string,
  properties: object | undefined,
): string {
  if (type === "AWS::S3::Bucket") return `${stackName}-${logicalId.toLowerCase()}${suffix}`;
  if (type === "AWS::CloudFront::Distribution") {
    const isStaging = JSON.stringify(properties).includes('"Staging":true');
    return isStaging ? testStagingDistributionId : testDistributionId;
  }
  if (type === "AWS::Lambda::Version") {
    return `arn:aws:lambda:us-east-1:${testAccount}:function:${stackName}-${logicalId}${suffix}:1`;
  }
  const name = `${stackName}-${logicalId}${suffix}`;
  // https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-function.html
  return type === "AWS::CloudFront::Function"
    ? `arn:aws:cloudfront::${testAccount}:function/${name}`
    : name;
}

function addEvent(
  stack: TestStack,
  logicalId: string,
  type: string,
  status: string,
  reason: string,
): void {
  // The CDK CLI shows only what is younger than its own start.
  const timestamp = new Date().toISOString();
  stack.events.unshift(
    `<member><EventId>e${stack.events.length}</EventId><StackId>${stack.id}</StackId><StackName>${stack.name}</StackName><LogicalResourceId>${logicalId}</LogicalResourceId><PhysicalResourceId>${stack.id}</PhysicalResourceId><ResourceType>${type}</ResourceType><ResourceStatus>${status}</ResourceStatus><ResourceStatusReason>${reason}</ResourceStatusReason><Timestamp>${timestamp}</Timestamp></member>`,
  );
}
