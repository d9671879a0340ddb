import { cloudFrontFunctionQuotas } from "cf-rules";
import { checkCloudFrontJs, type CloudFrontJsRuntime } from "cf-rules/cloudfront-js";
import {
  type EvaluatedAssembly,
  isJsonObject,
  isKnown,
  listAt,
  type TemplateResource,
} from "cloud-assembly";
import { cacheBehaviors } from "../app/cache-behaviors.ts";
import { parseScript } from "../code/syntax.ts";
import { cloudFrontCodeProblems } from "./cloudfront-code-problems.ts";
import type { CodeProblem } from "./code-problems.ts";
import type { RuleHit } from "./rule-hit.ts";

const functionType = "AWS::CloudFront::Function";
const storeType = "AWS::CloudFront::KeyValueStore";

/** Finds CloudFront Functions that CloudFront would refuse, or that could not run. */
export function checkCloudFrontFunctions(app: EvaluatedAssembly): readonly RuleHit[] {
  const functions = app.resourcesOfType(functionType);
  const stores = functions.flatMap(associatedStores);
  return [
    ...functions.flatMap((resource) => [
      ...codeHits(app, resource),
      ...publication(app, resource),
      ...sharedName(functions, resource),
    ]),
    ...app
      .resourcesOfType(storeType)
      .filter((store) => !stores.some((arn) => app.resourceIn(arn, storeType) === store))
      .map((store) => ({
        ruleId: "FN-I-31",
        severity: "info" as const,
        message: `${store.logicalId} is the key value store of no function.`,
        remedy: "Name it in KeyValueStoreAssociations of the function that reads it.",
        resource: store,
        property: "Properties.Name",
      })),
  ];
}

function associatedStores({ values }: TemplateResource): readonly string[] {
  return listAt(values, "FunctionConfig", "KeyValueStoreAssociations")
    .filter(isJsonObject)
    .map(({ KeyValueStoreARN: arn }) => String(arn));
}

function codeHits(app: EvaluatedAssembly, resource: TemplateResource): readonly RuleHit[] {
  const code = resource.text("FunctionCode");
  if (code === undefined) return [];
  return codeProblems(app, resource, code).map(
    ({ ruleId, severity = "error", problem, remedy }) => ({
      ruleId,
      severity,
      remedy,
      message: `${resource.logicalId} ${problem}.`,
      resource,
      property: "Properties.FunctionCode",
    }),
  );
}

function codeProblems(
  app: EvaluatedAssembly,
  resource: TemplateResource,
  code: string,
): readonly CodeProblem[] {
  const runtime = resource.knownText("FunctionConfig", "Runtime");
  const gate = gateProblems(code, runtime);
  const program = parseScript(code);
  return [
    ...(isKnown(code) ? size(code) : []),
    ...(isDefaultRuntime(resource, runtime) ? withDefaultRuntime(gate) : gate),
    ...(program === undefined
      ? []
      : cloudFrontCodeProblems(program, {
          eventTypes: eventTypesOf(app, resource),
          hasStore: associatedStores(resource).length > 0,
          isParsed: !gate.some(({ ruleId }) => ruleId === "FN-I-17"),
        })),
  ];
}

function size(code: string): readonly CodeProblem[] {
  const bytes = Buffer.byteLength(code);
  const { maxCodeBytes } = cloudFrontFunctionQuotas;
  if (bytes <= maxCodeBytes) return [];
  return [
    {
      ruleId: "FN-I-15",
      problem: `is larger than the ${maxCodeBytes} bytes that a CloudFront Function may have: got ${bytes}`,
      remedy: "Minify it, keep data in a key value store, or use Lambda@Edge.",
    },
  ];
}

/** What would reach outside of the runtime, or run code that was not deployed (FN-I-19). */
const outside: readonly string[] = [
  "eval",
  "fetch",
  "setTimeout",
  "setInterval",
  "XMLHttpRequest",
  "process",
];

/** What the runtime would say, in its own words (FN-I-26, FN-I-43, FN-I-45). */
function gateProblems(code: string, runtime: string | undefined): readonly CodeProblem[] {
  if (!isRuntime(runtime)) return [];
  const { violation, absences } = checkCloudFrontJs(code, { runtime });
  const lines = code.split(/\r\n|[\n\r]/);
  // What only a deployment knows may stand there in the end.
  const isWritten = ({ line }: { readonly line: number }): boolean =>
    isKnown(lines[line - 1] ?? "");
  return [violation ?? [], absences]
    .flat()
    .filter(isWritten)
    .map((found) => ({
      ruleId: "name" in found && outside.includes(found.name) ? "FN-I-19" : found.factId,
      severity:
        "isCertain" in found && !found.isCertain ? ("warning" as const) : ("error" as const),
      problem: `fails on ${runtime} in line ${found.line}: ${found.text}`,
      remedy: found.remedy,
    }));
}

/** FN-I-47: who uses the CDK and sets no runtime has cloudfront-js-1.0. */
function isDefaultRuntime(
  { stack, logicalId, metadata }: TemplateResource,
  runtime: string | undefined,
): boolean {
  const isOfCdk = stack.constructs.has(logicalId) || metadata.property("aws:cdk:path").isPresent;
  return isOfCdk && runtime === "cloudfront-js-1.0";
}

function withDefaultRuntime(problems: readonly CodeProblem[]): readonly CodeProblem[] {
  const ruleId = "FN-I-47";
  const remedy =
    "Set runtime: FunctionRuntime.JS_2_0: the CDK takes cloudfront-js-1.0 where none is set.";
  if (problems.length === 0) {
    const problem = "runs on cloudfront-js-1.0, which has less than cloudfront-js-2.0";
    return [{ ruleId, severity: "info", problem, remedy }];
  }
  return problems.map((each) => (each.ruleId === "FN-I-46" ? { ...each, ruleId, remedy } : each));
}

function isRuntime(runtime: string | undefined): runtime is CloudFrontJsRuntime {
  return runtime === "cloudfront-js-1.0" || runtime === "cloudfront-js-2.0";
}

/** On which event types cache behaviors have a function. */
function eventTypesOf(app: EvaluatedAssembly, resource: TemplateResource): readonly string[] {
  return cacheBehaviors(app)
    .flatMap(({ config }) => listAt(config, "FunctionAssociations"))
    .filter(isJsonObject)
    .filter(({ FunctionARN: arn }) => app.resourceIn(String(arn), functionType) === resource)
    .map(({ EventType: eventType }) => String(eventType));
}

function publication(app: EvaluatedAssembly, resource: TemplateResource): readonly RuleHit[] {
  const autoPublish = resource.text("AutoPublish") ?? String(resource.values["AutoPublish"]);
  if (autoPublish === "true" || !isKnown(autoPublish)) return [];
  if (eventTypesOf(app, resource).length === 0) return [];
  return [
    {
      ruleId: "FN-I-28",
      severity: "warning",
      message: `${resource.logicalId} is not published: got AutoPublish ${autoPublish === "undefined" ? "nothing" : autoPublish}.`,
      remedy:
        "Set AutoPublish to true: only what is in the stage LIVE can be associated, and a change of the code is not served otherwise.",
      resource,
      property: "Properties.AutoPublish",
    },
  ];
}

/** Names are unique in an account; the first of them is the one that is made. */
function sharedName(
  functions: readonly TemplateResource[],
  resource: TemplateResource,
): readonly RuleHit[] {
  const name = resource.knownText("Name");
  const first = functions.find((each) => name !== undefined && each.knownText("Name") === name);
  const isSameAccount = first?.stack.account === resource.stack.account;
  if (first === undefined || first === resource || !isSameAccount) return [];
  return [
    {
      ruleId: "FN-I-56",
      severity: "error",
      message: `${resource.logicalId} has the name of ${first.logicalId}: got ${JSON.stringify(name)}.`,
      remedy: "Give each CloudFront Function of an account a name of its own.",
      resource,
      property: "Properties.Name",
    },
  ];
}
