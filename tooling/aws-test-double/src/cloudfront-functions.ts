import type { StackTemplate } from "./stack-template.ts";

/** A CloudFront Function that CloudFormation has made. */
export interface TestFunction {
  readonly stackName: string;
  /** What is in stage DEVELOPMENT. */
  readonly code: string;
  /** What is published and runs; undefined before the first time. */
  readonly liveCode: string | undefined;
}

/** The functions of the account, by name. */
export type TestFunctions = Map<string, TestFunction>;

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions */
const maxCodeBytes = 10_240;
const runtimes: readonly unknown[] = ["cloudfront-js-1.0", "cloudfront-js-2.0"];

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-cloudfront-function.html */
interface FunctionProperties {
  readonly Name?: unknown;
  readonly AutoPublish?: unknown;
  readonly FunctionCode?: unknown;
  readonly FunctionConfig?: { readonly Comment?: unknown; readonly Runtime?: unknown };
}

/** What CloudFront says of a function that it refuses. */
export interface FunctionRefusal {
  readonly logicalId: string;
  readonly reason: string;
}

/** Returns the first function of a template that CloudFront would refuse. */
export function refusedFunction(
  stackName: string,
  template: StackTemplate,
  functions: TestFunctions,
): FunctionRefusal | undefined {
  const names = new Set<unknown>();
  for (const [logicalId, properties] of functionsOf(template)) {
    const { Name: name } = properties;
    const owner = functions.get(String(name))?.stackName ?? stackName;
    const isTaken = names.has(name) || owner !== stackName;
    const reason = isTaken
      ? `Resource of type 'AWS::CloudFront::Function' with identifier '${name}' already exists.`
      : refusal(properties);
    if (reason !== undefined) return { logicalId, reason };
    names.add(name);
  }
  return undefined;
}

/** Makes the account's functions those of a template: code that is not published is not what runs. */
export function deployFunctions(
  stackName: string,
  template: StackTemplate,
  functions: TestFunctions,
): void {
  const before = new Map([...functions].filter(([, each]) => each.stackName === stackName));
  for (const name of before.keys()) functions.delete(name);
  for (const [, { Name: name, AutoPublish: isPublished, FunctionCode: code }] of functionsOf(
    template,
  )) {
    const liveCode = isPublished === true ? String(code) : before.get(String(name))?.liveCode;
    functions.set(String(name), { stackName, code: String(code), liveCode });
  }
}

function functionsOf(template: StackTemplate): readonly (readonly [string, FunctionProperties])[] {
  return Object.entries(template.Resources ?? {})
    .filter(([, { Type }]) => Type === "AWS::CloudFront::Function")
    .map(([logicalId, { Properties = {} }]) => [logicalId, Properties]);
}

function refusal({
  Name,
  AutoPublish,
  FunctionCode,
  FunctionConfig,
}: FunctionProperties): string | undefined {
  if (typeof Name !== "string" || !/^[\w-]{1,64}$/.test(Name)) {
    return "Model validation failed (#/Name: failed validation constraint for keyword [pattern])";
  }
  if (AutoPublish !== undefined && typeof AutoPublish !== "boolean") {
    return "Model validation failed (#/AutoPublish: expected type: Boolean)";
  }
  if (typeof FunctionCode !== "string" || typeof FunctionConfig?.Comment !== "string") {
    return "Model validation failed (#: required key [FunctionCode] or [FunctionConfig] not found)";
  }
  if (!runtimes.includes(FunctionConfig.Runtime)) {
    return `1 validation error detected: Value '${FunctionConfig.Runtime}' at 'functionConfig.runtime' failed to satisfy constraint: Member must satisfy enum value set: [cloudfront-js-1.0, cloudfront-js-2.0]`;
  }
  if (Buffer.byteLength(FunctionCode) > maxCodeBytes) {
    return `1 validation error detected: Value at 'functionCode' failed to satisfy constraint: Member must have length less than or equal to ${maxCodeBytes}`;
  }
  return undefined;
}
