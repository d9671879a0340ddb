import type { AssemblyStack } from "./assembly/cloud-assembly.ts";
import { tryResolve } from "./cloud-assembly-error.ts";
import { nestedStack, nestedTemplateFile } from "./nested-stack.ts";
import { EvaluatedStack } from "./template/evaluated-stack.ts";
import type { TemplateResource } from "./template/template-resource.ts";
import type { TemplateValue } from "./value/template-value.ts";
import { type Unknown, Unknowns } from "./value/unknowns.ts";

/** How the templates of an assembly are evaluated. */
export interface EvaluationOptions {
  /**
   * Values for the parameters of all templates, by name; they win over defaults.
   * @default {}
   */
  readonly parameters?: { readonly [name: string]: string };
  /**
   * Gives a value to what only a deployment knows; undefined leaves it unknown. An error that it
   * throws reaches the reader of the value.
   * @default - all stays unknown
   */
  readonly resolveUnknown?: (unknown: Unknown) => string | undefined;
  /**
   * Says how a user gives the value of what only a deployment knows: the last sentence of an error where
   * a value is needed, as for a number or a condition.
   * @default - nobody is asked: unknown conditions hold, where what they choose is there
   */
  readonly remedyFor?: (unknown: Unknown) => string;
  /**
   * What becomes of a value that CloudFormation would refuse: an error when it is read, or an unknown.
   * @default "throw"
   */
  readonly faults?: "throw" | "unknown";
}

/**
 * All stacks that are deployed together, nested ones included, and what they know of each other.
 * Values are evaluated when they are read.
 */
export class EvaluatedAssembly {
  /** Those of the assembly, then the nested ones. */
  readonly stacks: readonly EvaluatedStack[];
  readonly #options: EvaluationOptions;
  readonly #unknowns = new Unknowns();
  readonly #byId = new Map<string, EvaluatedStack>();
  /** The resources that make nested stacks, by the id of the nested stack. */
  readonly #parents = new Map<string, TemplateResource>();

  constructor(stacks: readonly AssemblyStack[], options: EvaluationOptions = {}) {
    this.#options = options;
    const evaluated = stacks.map((stack) => this.#evaluated(stack));
    this.stacks = evaluated;
    // Nested stacks may hold nested stacks: the list grows while it is walked.
    for (const stack of evaluated) {
      for (const resource of stack.resourcesOfType("AWS::CloudFormation::Stack")) {
        const templateFile = nestedTemplateFile(resource);
        if (templateFile === undefined || this.#isWithin(stack.source, templateFile)) continue;
        // The CDK may list the templates of nested stacks beside those of their parents.
        const listed = evaluated.find(
          ({ source }) => source.templateFile === templateFile && !this.#parents.has(source.id),
        );
        const nested = listed ?? this.#evaluated(nestedStack(resource, templateFile));
        this.#parents.set(nested.source.id, resource);
        if (listed === undefined) evaluated.push(nested);
      }
    }
  }

  /** Returns the evaluated stack of a stack. */
  stackOf({ id }: AssemblyStack): EvaluatedStack {
    const stack = this.#byId.get(id);
    if (stack === undefined) throw new Error(`Stack ${id} is of another assembly.`);
    return stack;
  }

  /** Returns the resource that makes a nested stack; undefined for other stacks. */
  parentOf({ id }: AssemblyStack): TemplateResource | undefined {
    return this.#parents.get(id);
  }

  /** Returns the resources that make nested stacks whose templates are not on disk. */
  unreadNestedStacks(): readonly TemplateResource[] {
    const followed = new Set(this.#parents.values());
    return this.resourcesOfType("AWS::CloudFormation::Stack").filter(
      (resource) => !followed.has(resource),
    );
  }

  /** Returns the resources of a type in all stacks. */
  resourcesOfType(type: string): readonly TemplateResource[] {
    return this.stacks.flatMap((stack) => stack.resourcesOfType(type));
  }

  /** Returns the unknown values that an evaluated text is or holds. */
  unknownsIn(text: string): readonly Unknown[] {
    return this.#unknowns.in(text);
  }

  /**
   * Returns the resource whose id or attribute an evaluated text is or holds; undefined where there
   * is none.
   *
   * @param type if given, only a resource of that type.
   */
  resourceIn(text: string | undefined, type?: string): TemplateResource | undefined {
    return this.unknownsIn(text ?? "")
      .flatMap(({ resource }) => resource ?? [])
      .find((resource) => type === undefined || resource.type === type);
  }

  /** Returns a text for a person to read: `<Rewrite.Arn>` where the mark of an unknown value stands. */
  readable(text: string): string {
    return this.#unknowns.readable(text);
  }

  #evaluated(source: AssemblyStack): EvaluatedStack {
    const { faults, parameters = {}, resolveUnknown } = this.#options;
    const evaluated = new EvaluatedStack(source, {
      marksFaults: faults === "unknown",
      passedParameter: (name) =>
        this.#passedByParent(source, name) ??
        (Object.hasOwn(parameters, name) ? parameters[name] : undefined),
      attribute: (resource, attribute) => this.#attribute(resource, attribute),
      exportedValue: (name) => first(this.stacks, (stack) => stack.exportedValue(name)),
      unknown: (unknown) => resolveUnknown?.(unknown) ?? this.#unknowns.mark(unknown),
      readable: (text) => this.readable(text),
      whyUnknown: (text, path) => this.#whyUnknown(text, path),
    });
    this.#byId.set(source.id, evaluated);
    return evaluated;
  }

  #whyUnknown(text: string, path: string): string | undefined {
    const { remedyFor } = this.#options;
    const unknown = this.#unknowns.firstIn(text);
    if (unknown === undefined || remedyFor === undefined) return undefined;
    const { kind, reason } = unknown;
    // A parameter's own path says more than the place that needs it.
    const subject = kind === "parameter" || kind === "ssm-parameter" ? unknown.path : path;
    return `${subject} ${reason} ${remedyFor(unknown)}`;
  }

  #isWithin(stack: AssemblyStack, templateFile: string): boolean {
    if (stack.templateFile === templateFile) return true;
    const parent = this.parentOf(stack);
    return parent !== undefined && this.#isWithin(parent.stack, templateFile);
  }

  #passedByParent(stack: AssemblyStack, name: string): TemplateValue | undefined {
    const parameters = this.parentOf(stack)?.properties.property("Parameters");
    return parameters?.property(name).marked();
  }

  /** What another template, or another property, says of an attribute. */
  #attribute(
    { stack, logicalId, type, properties }: TemplateResource,
    attribute: string | undefined,
  ): TemplateValue | undefined {
    switch (type) {
      case "AWS::CloudFormation::Stack": {
        const [, output] = /^Outputs\.(.+)$/.exec(attribute ?? "") ?? [];
        const nested = this.stacks.find(({ source }) => {
          const parent = this.parentOf(source);
          return parent?.stack.id === stack.id && parent.logicalId === logicalId;
        });
        return output === undefined ? undefined : nested?.output(output);
      }
      case "AWS::Lambda::Url":
        return attribute === "FunctionArn"
          ? properties.property("TargetFunctionArn").marked()
          : undefined;
      // What a stack of the CDK reads from one in another Region.
      // https://docs.aws.amazon.com/cdk/api/v2/docs/aws-cdk-lib-readme.html#accessing-resources-in-a-different-stack-and-region
      case "Custom::CrossRegionStringParameterReader": {
        if (attribute !== "FunctionArn") return undefined;
        const name = properties.property("ParameterName").string();
        return first(this.resourcesOfType("AWS::SSM::Parameter"), (parameter) =>
          tryResolve(() => parameter.properties.property("Name").optionalString()) === name
            ? parameter.properties.property("Value").marked()
            : undefined,
        );
      }
      case "Custom::CrossRegionExportReader": {
        if (attribute === undefined) return undefined;
        return first(this.resourcesOfType("Custom::CrossRegionExportWriter"), (writer) =>
          writer.properties
            .property("WriterProps")
            .property("exports")
            .property(attribute)
            .marked(),
        );
      }
      default:
        return undefined;
    }
  }
}

function first<Item, Value>(
  items: readonly Item[],
  read: (item: Item) => Value | undefined,
): Value | undefined {
  for (const item of items) {
    const value = read(item);
    if (value !== undefined) return value;
  }
  return undefined;
}
