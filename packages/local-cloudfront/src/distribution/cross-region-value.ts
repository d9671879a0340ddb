import type { EvaluatedTemplate, TemplateResource } from "../template/evaluated-template.ts";

/**
 * Returns what a custom resource of the CDK reads from a stack in another region: functions that a
 * stack elsewhere puts into us-east-1 reach their distribution this way. Undefined for all other
 * resources, and where no stack of the assembly holds the value.
 *
 * @param templates those of all stacks.
 * @see https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib-readme.html#accessing-resources-in-a-different-stack-and-region
 */
export function crossRegionValue(
  reader: TemplateResource,
  attribute: string | undefined,
  templates: Iterable<EvaluatedTemplate>,
): string | undefined {
  switch (reader.type) {
    case "Custom::CrossRegionStringParameterReader":
      return attribute === "FunctionArn"
        ? parameterValue(reader.properties.property("ParameterName").string(), templates)
        : undefined;
    case "Custom::CrossRegionExportReader":
      return attribute === undefined ? undefined : exportedValue(attribute, templates);
    default:
      return undefined;
  }
}

function parameterValue(name: string, templates: Iterable<EvaluatedTemplate>): string | undefined {
  for (const template of templates) {
    for (const { properties } of template.resourcesOfType("AWS::SSM::Parameter")) {
      if (properties.property("Name").optionalString() !== name) continue;
      return properties.property("Value").string();
    }
  }
  return undefined;
}

function exportedValue(name: string, templates: Iterable<EvaluatedTemplate>): string | undefined {
  for (const template of templates) {
    for (const { properties } of template.resourcesOfType("Custom::CrossRegionExportWriter")) {
      const value = properties.property("WriterProps").property("exports").property(name);
      if (value.isPresent) return value.string();
    }
  }
  return undefined;
}
