import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { readTemplate } from "../assembly/read-assembly.ts";
import type { StackSource } from "../assembly/stack-source.ts";
import { isJsonObject, objectAt, valueAt } from "../json-object.ts";
import { attributesIn } from "../template/mark.ts";
import type { Resource } from "./resource.ts";
import { Stack, type Surroundings } from "./stack.ts";

/** All stacks that are deployed together, nested ones included, and what they know of each other. */
export class EdgeApp implements Surroundings {
  readonly stacks: readonly Stack[];
  readonly #parents = new Map<Stack, { readonly stack: Stack; readonly resource: Resource }>();

  constructor(sources: readonly StackSource[]) {
    const stacks = sources.map((source, index) => new Stack(index, source, this));
    this.stacks = stacks;
    // Nested stacks may hold nested stacks: the list grows while it is walked.
    for (const stack of stacks) {
      for (const resource of ofType(stack, "AWS::CloudFormation::Stack")) {
        const templateFile = nestedTemplate(stack, resource);
        if (templateFile === undefined) continue;
        const known = stacks.find(({ source }) => source.templateFile === templateFile);
        const nested = known ?? new Stack(stacks.length, nestedSource(stack, templateFile), this);
        if (known === undefined) stacks.push(nested);
        this.#parents.set(nested, { stack, resource });
      }
    }
  }

  /** Every resource of a type. */
  resources(type: string): readonly Resource[] {
    return this.stacks.flatMap((stack) => ofType(stack, type));
  }

  /** Returns the resources whose attributes a text stands for or holds. */
  resourcesIn(text: string): readonly Resource[] {
    return attributesIn(text).flatMap(
      ({ stackIndex, logicalId }) =>
        this.stacks[stackIndex]?.resources.find((each) => each.logicalId === logicalId) ?? [],
    );
  }

  /** Returns the resource whose attribute a text is, if it is one of the given type. */
  resourceIn(text: string | undefined, type?: string): Resource | undefined {
    return this.resourcesIn(text ?? "").find((each) => type === undefined || each.type === type);
  }

  passedParameter(nested: Stack, name: string): unknown {
    const parent = this.#parents.get(nested);
    return parent && valueAt(parent.resource.properties, "Parameters", name);
  }

  attribute(stack: Stack, logicalId: string, attribute: string): unknown {
    const raw = valueAt(stack.source.template, "Resources", logicalId);
    switch (valueAt(raw, "Type")) {
      case "AWS::CloudFormation::Stack":
        return this.#output(stack, logicalId, attribute.replace(/^Outputs\./, ""));
      // What a stack of the CDK reads from one in another region.
      case "Custom::CrossRegionStringParameterReader":
        return this.#ssmParameter(
          stack.evaluate(valueAt(raw, "Properties", "ParameterName")),
          attribute,
        );
      case "Custom::CrossRegionExportReader":
        return this.#crossRegionExport(attribute);
      default:
        return undefined;
    }
  }

  exported(name: string): unknown {
    for (const stack of this.stacks) {
      for (const output of Object.values(objectAt(stack.source.template, "Outputs"))) {
        const exportName = valueAt(output, "Export", "Name");
        if (exportName === undefined || stack.evaluate(exportName) !== name) continue;
        return stack.evaluate(valueAt(output, "Value"));
      }
    }
    return undefined;
  }

  #output(parent: Stack, logicalId: string, output: string): unknown {
    for (const [nested, { stack, resource }] of this.#parents) {
      if (stack !== parent || resource.logicalId !== logicalId) continue;
      return nested.evaluate(valueAt(nested.source.template, "Outputs", output, "Value"));
    }
    return undefined;
  }

  #ssmParameter(name: unknown, attribute: string): unknown {
    if (attribute !== "FunctionArn") return undefined;
    return this.resources("AWS::SSM::Parameter").find(
      (parameter) => valueAt(parameter.properties, "Name") === name,
    )?.properties["Value"];
  }

  #crossRegionExport(name: string): unknown {
    return this.resources("Custom::CrossRegionExportWriter")
      .map(({ properties }) => valueAt(properties, "WriterProps", "exports", name))
      .find((value) => value !== undefined);
  }
}

function ofType(stack: Stack, type: string): readonly Resource[] {
  return stack.resources.filter((resource) => resource.type === type);
}

function nestedTemplate(
  { source: { templateFile, assets } }: Stack,
  resource: Resource,
): string | undefined {
  const url = resource.text("TemplateURL") ?? "";
  const asset = assets.get(url.slice(url.lastIndexOf("/") + 1));
  const path = asset ?? valueAt(resource.metadata, "aws:asset:path") ?? url;
  if (typeof path !== "string" || !/\.(?:json|ya?ml|template)$/.test(path)) return undefined;
  const absolute = resolve(dirname(templateFile), path);
  return existsSync(absolute) ? absolute : undefined;
}

/** A nested stack is deployed where its parent is, and the parent's manifest names its assets. */
function nestedSource({ source }: Stack, templateFile: string): StackSource {
  const { region, assets, metadata, acknowledgements } = source;
  const nested = readTemplate(templateFile, region);
  const known = isJsonObject(nested.template["Resources"]) ? nested.template["Resources"] : {};
  const own = [...metadata].filter(([logicalId]) => Object.hasOwn(known, logicalId));
  return {
    ...nested,
    assets: new Map([...assets, ...nested.assets]),
    metadata: new Map(own),
    acknowledgements,
  };
}
