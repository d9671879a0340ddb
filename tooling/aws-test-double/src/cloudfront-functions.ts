import { type AwsResponse, errorResponse, escapeXml, xmlResponse } from "./aws-response.ts";
import type { AwsRequest } from "./aws-request.ts";
import { keyValueStoreArn } from "./key-value-stores.ts";
import type { StackTemplate } from "./stack-template.ts";
import { testAccount } from "./sts.ts";

/** A CloudFront Function that CloudFormation has made. */
export interface TestFunction {
  readonly stackName: string;
  /** As CloudFormation has it. */
  readonly templateCode: string;
  /** What is in stage DEVELOPMENT. */
  readonly code: string;
  /** What is published and runs; undefined before the first time. */
  readonly liveCode: string | undefined;
  readonly comment: string;
  readonly runtime: string;
  /** The ARNs of its key value stores. */
  readonly storeArns: readonly string[];
  /** Changes with each update, in stage DEVELOPMENT. */
  readonly version: number;
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
  readonly FunctionConfig?: {
    readonly Comment?: unknown;
    readonly Runtime?: unknown;
    readonly KeyValueStoreAssociations?: readonly {
      readonly KeyValueStoreARN: { readonly "Fn::GetAtt": readonly string[] };
    }[];
  };
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
  for (const [, properties] of functionsOf(template)) {
    const { Name: name, AutoPublish: isPublished, FunctionCode: code, FunctionConfig } = properties;
    const earlier = before.get(String(name));
    const {
      Comment: comment,
      Runtime: runtime,
      KeyValueStoreAssociations = [],
    } = {
      ...FunctionConfig,
    };
    const storeArns = KeyValueStoreAssociations.map(({ KeyValueStoreARN }) =>
      keyValueStoreArn(stackName, KeyValueStoreARN["Fn::GetAtt"][0] ?? ""),
    );
    // CloudFormation compares templates: what somebody else has changed stays where they are equal.
    if (earlier !== undefined && earlier.templateCode === code) {
      functions.set(String(name), earlier);
      continue;
    }
    functions.set(String(name), {
      stackName,
      templateCode: String(code),
      code: String(code),
      liveCode: isPublished === true ? String(code) : earlier?.liveCode,
      comment: String(comment),
      runtime: String(runtime),
      storeArns,
      version: (earlier?.version ?? 0) + 1,
    });
  }
}

const api = /^\/2020-05-31\/function\/([\w-]+)(\/describe|\/publish)?$/;

/**
 * Responds as CloudFront does for a function.
 *
 * @see https://docs.aws.amazon.com/cloudfront/latest/APIReference/API_UpdateFunction.html
 */
export function respondAsFunctions(
  request: AwsRequest,
  functions: TestFunctions,
): AwsResponse | undefined {
  const { method, path, query } = request;
  const [, name = "", rest = ""] = api.exec(path) ?? [];
  if (name === "") return undefined;
  const found = functions.get(name);
  const stage = query.get("Stage") ?? "DEVELOPMENT";
  const code = stage === "LIVE" ? found?.liveCode : found?.code;
  if (found === undefined || code === undefined) {
    return errorResponse(
      request,
      404,
      "NoSuchFunctionExists",
      "The specified function does not exist.",
    );
  }
  const etag = etagOf(found);
  if (method === "GET" && rest === "") {
    const headers = { etag, "content-type": "application/octet-stream" };
    return { status: 200, headers, body: new TextEncoder().encode(code) };
  }
  if (method === "GET" && rest === "/describe") return withEtag(summary(name, found), etag);
  if (request.headers["if-match"] !== etag) {
    return request.headers["if-match"] === undefined
      ? errorResponse(request, 400, "InvalidIfMatchVersion", "The If-Match version is missing.")
      : errorResponse(request, 412, "PreconditionFailed", "The ETag is not the function's.");
  }
  const next =
    rest === "/publish" ? { ...found, liveCode: found.code } : updated(found, request.body);
  functions.set(name, next);
  // The API names the header of this one response so.
  const headers = { [method === "PUT" ? "ettag" : "etag"]: etagOf(next) };
  return { ...summary(name, next), headers };
}

function updated(found: TestFunction, body: Uint8Array): TestFunction {
  const xml = new TextDecoder().decode(body);
  const between = (tag: string): string =>
    new RegExp(`<${tag}>([^<]*)</${tag}>`).exec(xml)?.[1]?.replaceAll("&amp;", "&") ?? "";
  return {
    ...found,
    code: Buffer.from(between("FunctionCode"), "base64").toString(),
    comment: between("Comment"),
    runtime: between("Runtime"),
    storeArns: [...xml.matchAll(/<KeyValueStoreARN>([^<]*)</g)].map(([, arn = ""]) => arn),
    version: found.version + 1,
  };
}

function summary(name: string, { comment, runtime, storeArns }: TestFunction): AwsResponse {
  const stores = storeArns
    .map(
      (arn) =>
        `<KeyValueStoreAssociation><KeyValueStoreARN>${arn}</KeyValueStoreARN></KeyValueStoreAssociation>`,
    )
    .join("");
  const associations = `<KeyValueStoreAssociations><Quantity>${storeArns.length}</Quantity><Items>${stores}</Items></KeyValueStoreAssociations>`;
  return xmlResponse(
    `<FunctionSummary><Name>${name}</Name><Status>UNASSOCIATED</Status><FunctionConfig><Comment>${escapeXml(comment)}</Comment><Runtime>${runtime}</Runtime>${associations}</FunctionConfig><FunctionMetadata><FunctionARN>arn:aws:cloudfront::${testAccount}:function/${name}</FunctionARN><LastModifiedTime>2026-01-01T00:00:00Z</LastModifiedTime></FunctionMetadata></FunctionSummary>`,
  );
}

function withEtag(response: AwsResponse, etag: string): AwsResponse {
  return { ...response, headers: { ...response.headers, etag } };
}

function etagOf({ version }: TestFunction): string {
  return `ETVF${version}`;
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
