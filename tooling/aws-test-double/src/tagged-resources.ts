import { type AwsResponse, errorResponse, jsonResponse } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";
import type { TestResource, TestStack } from "./test-stack.ts";
import { testAccount } from "./sts.ts";

/** What CloudFormation has tagged, by ARN; what is deleted is listed for a while, as the service does. */
export type TestTaggedResources = Map<string, Readonly<Record<string, string>>>;

/** The service has pages of a hundred. */
const pageLength = 2;

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html */
export function tagResources(stack: TestStack, tagged: TestTaggedResources): void {
  for (const resource of stack.resources) {
    const arn = taggedArn(resource);
    if (arn === undefined || tagged.has(arn)) continue;
    tagged.set(arn, {
      "aws:cloudformation:stack-name": stack.name,
      "aws:cloudformation:stack-id": stack.id,
      "aws:cloudformation:logical-id": resource.logicalId,
    });
  }
}

function taggedArn({ type, physicalId }: TestResource): string | undefined {
  if (type === "AWS::S3::Bucket") return `arn:aws:s3:::${physicalId}`;
  if (type !== "AWS::Lambda::Function") return undefined;
  return `arn:aws:lambda:us-east-1:${testAccount}:function:${physicalId}`;
}

/** Responds as the Resource Groups Tagging API does, for the resources of us-east-1. */
export function respondAsTagging(
  request: AwsRequest,
  tagged: TestTaggedResources,
): AwsResponse | undefined {
  const { operation, region, json } = request;
  if (operation !== "GetResources") return undefined;
  const filters = (json["TagFilters"] ?? []) as readonly { Key: string; Values: string[] }[];
  const types = (json["ResourceTypeFilters"] ?? []) as readonly string[];
  if (types.some((type) => !/^[a-z][\w-]*(?::[\w-]+)?$/.test(type))) {
    return errorResponse(request, 400, "InvalidParameterException", "A resource type is invalid.");
  }
  const found = [...tagged].filter(
    ([arn, tags]) =>
      region === "us-east-1" &&
      types.some((type) => isOfType(arn, type)) &&
      filters.every(({ Key, Values }) => Values.includes(tags[Key] ?? "")),
  );
  const start = Number(json["PaginationToken"] || 0);
  const next = start + pageLength;
  return jsonResponse({
    ResourceTagMappingList: found.slice(start, next).map(([ResourceARN, tags]) => ({
      ResourceARN,
      Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })),
    })),
    PaginationToken: found.length > next ? String(next) : "",
  });
}

/** As in `lambda:function`, or `s3` for all of a service. */
function isOfType(arn: string, type: string): boolean {
  const [, , service, , , resource] = arn.split(":");
  const [ofService, ofResource] = type.split(":");
  return service === ofService && (ofResource === undefined || resource === ofResource);
}
