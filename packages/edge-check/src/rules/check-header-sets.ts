import { isDisallowedHeader, isRemovableByPolicy } from "cf-rules";
import { edgeFunctions, type EdgeFunctionUse } from "../app/edge-functions.ts";
import {
  type EvaluatedAssembly,
  isJsonObject,
  listAt,
  type TemplateResource,
  valueAt,
} from "cloud-assembly";
import { functionCode } from "../app/function-code.ts";
import { headerFact } from "./header-fact.ts";
import type { RuleHit } from "./rule-hit.ts";

/** Finds header sets that CloudFront would not let pass: of policies, and of functions' config.json. */
export function checkHeaderSets(app: EvaluatedAssembly): readonly RuleHit[] {
  return [
    ...app
      .resourcesOfType("AWS::CloudFront::ResponseHeadersPolicy")
      .flatMap((policy) => [...addedHeaders(policy), ...removedHeaders(policy)]),
    ...edgeFunctions(app).flatMap((use) => configuredHeaders(app, use)),
  ];
}

const configPath = "ResponseHeadersPolicyConfig";

function addedHeaders(resource: TemplateResource): readonly RuleHit[] {
  return listAt(resource.values, configPath, "CustomHeadersConfig", "Items").flatMap(
    (item, index) => {
      const name = String(valueAt(item, "Header"));
      const fact = headerFact("viewer-response", name);
      if (fact === undefined) return [];
      return [
        {
          ruleId: fact.ruleId,
          severity: "error",
          message: `${resource.logicalId} adds ${fact.problem}: got ${JSON.stringify(name)}.`,
          remedy: "Leave it out: CloudFront sets it.",
          resource,
          property: `Properties.${configPath}.CustomHeadersConfig.Items.${index}`,
        },
      ];
    },
  );
}

function removedHeaders(resource: TemplateResource): readonly RuleHit[] {
  return listAt(resource.values, configPath, "RemoveHeadersConfig", "Items").flatMap(
    (item, index) => {
      const name = String(valueAt(item, "Header")).toLowerCase();
      if (isRemovableByPolicy(name)) return [];
      return [
        {
          ruleId: isDisallowedHeader(name) ? "LE-C-01" : "LE-C-07",
          severity: "error",
          message: `${resource.logicalId} removes a header that no policy may remove: got ${JSON.stringify(name)}.`,
          remedy: "Leave it out of RemoveHeadersConfig.",
          resource,
          property: `Properties.${configPath}.RemoveHeadersConfig.Items.${index}`,
        },
      ];
    },
  );
}

function configuredHeaders(
  app: EvaluatedAssembly,
  { function: { lambda }, eventType }: EdgeFunctionUse,
): readonly RuleHit[] {
  const text = lambda && functionCode(lambda)?.read("config.json");
  if (lambda === undefined || text === undefined) return [];
  return [...headerNames(parsed(text))].flatMap((name) => {
    const fact = headerFact(eventType, name);
    if (fact === undefined) return [];
    return [
      {
        ruleId: fact.ruleId,
        severity: "error",
        message: `The config.json of ${lambda.logicalId} sets ${fact.problem}: got ${JSON.stringify(name)}.`,
        remedy: "Take it out of the function's options.",
        resource: lambda,
        property: "Properties.Code",
      },
    ];
  });
}

/** What is no JSON is the function's own business. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The names of headers written as in an event, `{ "via": [{ "value": "…" }] }`, however deep. */
function* headerNames(value: unknown): Generator<string> {
  if (Array.isArray(value)) {
    for (const item of value) yield* headerNames(item);
  }
  if (!isJsonObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    if (isHeaderLines(member)) yield name;
    else yield* headerNames(member);
  }
}

function isHeaderLines(value: unknown): boolean {
  return (
    Array.isArray(value) &&
    value.length > 0 &&
    value.every((line) => typeof valueAt(line, "value") === "string")
  );
}
