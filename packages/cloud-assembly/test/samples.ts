import { resolve } from "node:path";
import type { AssemblyStack } from "../src/assembly/cloud-assembly.ts";
import { CloudAssemblyError } from "../src/cloud-assembly-error.ts";
import { EvaluatedAssembly, type EvaluationOptions } from "../src/evaluated-assembly.ts";
import type { EvaluatedStack } from "../src/template/evaluated-stack.ts";
import type { JsonObject } from "../src/value/json.ts";

/** Returns a stack of a template that lies in no file. */
export function stackOf(template: JsonObject, changes: Partial<AssemblyStack> = {}): AssemblyStack {
  const name = changes.name ?? "site";
  return {
    id: name,
    name,
    displayName: name,
    account: "123456789012",
    region: "us-east-1",
    templateFile: resolve(`${name}.template.json`),
    folder: resolve("."),
    template,
    assets: [],
    constructs: new Map(),
    source: "template",
    acknowledgements: [],
    warnings: [],
    ...changes,
  };
}

/** Evaluates one template. */
export function evaluatedStack(template: JsonObject, options?: EvaluationOptions): EvaluatedStack {
  const [stack] = new EvaluatedAssembly([stackOf(template)], options).stacks;
  if (stack === undefined) throw new Error("An assembly of one stack has one.");
  return stack;
}

/** Gives the buckets of tests their names. */
export const bucketNames: EvaluationOptions = {
  resolveUnknown({ resource, attribute, kind, name }) {
    if (kind === "export" && name === "Exported") return "imported";
    if (resource?.type !== "AWS::S3::Bucket") return undefined;
    return attribute === undefined ? "bucket-name" : attribute === "Arn" ? "arn:bucket" : undefined;
  },
};

/** Returns what a person reads when something is refused: message and fact. */
export function refusalOf(action: () => unknown): string {
  try {
    action();
  } catch (error) {
    if (!(error instanceof CloudAssemblyError)) throw error;
    return error.factId === undefined ? error.message : `${error.message} [${error.factId}]`;
  }
  throw new Error("Nothing was refused.");
}

/** Returns the refusals of a table of mistakes, by the mistake's name. */
export function refusalsOf<Mistake>(
  mistakes: Readonly<Record<string, Mistake>>,
  action: (mistake: Mistake) => unknown,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(mistakes).map(([name, mistake]) => [name, refusalOf(() => action(mistake))]),
  );
}

/** Everything of a template but its resources. */
export const sections = {
  Parameters: {
    Stage: { Type: "String", Default: "test" },
    Count: { Type: "Number", Default: 3 },
    Names: { Type: "CommaDelimitedList", Default: "a, b,c" },
    Ports: { Type: "List<Number>", Default: "80,443" },
    Secret: { Type: "AWS::SSM::Parameter::Value<String>", Default: "/path/in/ssm" },
    Zones: { Type: "AWS::SSM::Parameter::Value<List<String>>", Default: "x,y" },
    Missing: { Type: "String" },
    Odd: { Type: "Number", Default: "many" },
    Limited: { Type: "String", Default: "c", AllowedValues: ["a", "b"] },
  },
  Mappings: { Ttl: { test: { Default: 60, List: ["x", "y"] } } },
  Conditions: {
    IsTest: { "Fn::Equals": [{ Ref: "Stage" }, "test"] },
    IsProd: { "Fn::Not": [{ Condition: "IsTest" }] },
    Both: { "Fn::And": [{ Condition: "IsTest" }, { Condition: "IsProd" }] },
    Either: { "Fn::Or": [{ Condition: "IsTest" }, { Condition: "IsProd" }] },
    ThreeIsText: { "Fn::Equals": [{ Ref: "Count" }, "3"] },
    Circle: { "Fn::Not": [{ Condition: "Circle" }] },
    Odd: { "Fn::Equals": ["one"] },
    NoExpression: "true",
  },
};

/** Resources that expressions refer to. */
export const resources = {
  Bucket: { Type: "AWS::S3::Bucket" },
  Topic: { Type: "AWS::SNS::Topic" },
  ProdBucket: { Type: "AWS::S3::Bucket", Condition: "IsProd" },
};
