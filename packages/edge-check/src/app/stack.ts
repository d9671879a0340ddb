import type { StackSource } from "../assembly/stack-source.ts";
import { isJsonObject, objectAt, valueAt } from "../json-object.ts";
import { evaluateCondition } from "../template/evaluate-condition.ts";
import { evaluate, type TemplateScope } from "../template/evaluate.ts";
import { attributeMark, unknownMark } from "../template/mark.ts";
import { Resource } from "./resource.ts";

/** What a stack asks of its app. */
export interface Surroundings {
  /** What an attribute of a resource is, where another template says it. */
  attribute(stack: Stack, logicalId: string, attribute: string): unknown;
  exported(name: string): unknown;
  /** What the stack around a nested one passes to it. */
  passedParameter(stack: Stack, name: string): unknown;
}

/** Templates that refer to themselves in a circle are not followed further. */
const deepest = 64;

/** A template whose values can be asked for. */
export class Stack implements TemplateScope {
  readonly index: number;
  readonly source: StackSource;
  readonly #surroundings: Surroundings;
  #resources: readonly Resource[] | undefined;
  #depth = 0;

  constructor(index: number, source: StackSource, surroundings: Surroundings) {
    this.index = index;
    this.source = source;
    this.#surroundings = surroundings;
  }

  /** Those that are deployed, unless a condition that is known says no. */
  get resources(): readonly Resource[] {
    this.#resources ??= Object.entries(objectAt(this.source.template, "Resources"))
      .filter(([, raw]) => isJsonObject(raw) && this.#isDeployed(raw["Condition"]))
      .map(([logicalId, raw]) => {
        return new Resource(this.index, logicalId, raw, (value) => this.evaluate(value));
      });
    return this.#resources;
  }

  /** Evaluates a part of the template. */
  evaluate(value: unknown): unknown {
    if (this.#depth > deepest) return unknownMark;
    this.#depth += 1;
    try {
      return evaluate(value, this);
    } finally {
      this.#depth -= 1;
    }
  }

  parameter(name: string): unknown {
    const pseudo = this.#pseudoParameter(name);
    if (pseudo !== undefined) return pseudo;
    const declaration = valueAt(this.source.template, "Parameters", name);
    if (!isJsonObject(declaration)) return undefined;
    const passed = this.#surroundings.passedParameter(this, name);
    if (passed !== undefined) return passed;
    const { Type: type, Default: value } = declaration;
    if (value === undefined || String(type).startsWith("AWS::SSM::")) return unknownMark;
    return /^(?:CommaDelimitedList|List<)/.test(String(type)) ? String(value).split(",") : value;
  }

  attribute(logicalId: string, attribute: string): unknown {
    return (
      this.#surroundings.attribute(this, logicalId, attribute) ??
      attributeMark({ stackIndex: this.index, logicalId, attribute })
    );
  }

  exported(name: string): unknown {
    return this.#surroundings.exported(name);
  }

  mapping(name: string, first: string, second: string): unknown {
    return valueAt(this.source.template, "Mappings", name, first, second);
  }

  condition(name: string): boolean | undefined {
    if (this.#depth > deepest) return undefined;
    this.#depth += 1;
    try {
      return evaluateCondition(valueAt(this.source.template, "Conditions", name), this);
    } finally {
      this.#depth -= 1;
    }
  }

  #isDeployed(condition: unknown): boolean {
    return condition === undefined || this.condition(String(condition)) !== false;
  }

  #pseudoParameter(name: string): string | undefined {
    switch (name) {
      case "AWS::Region":
        return this.source.region ?? unknownMark;
      case "AWS::Partition":
        return "aws";
      case "AWS::URLSuffix":
        return "amazonaws.com";
      case "AWS::StackName":
        return this.source.name;
      default:
        return name.startsWith("AWS::") ? unknownMark : undefined;
    }
  }
}
