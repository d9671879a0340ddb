import type { AssemblyStack } from "../assembly/cloud-assembly.ts";
import { CloudAssemblyError, tryResolve } from "../cloud-assembly-error.ts";
import { hasServerlessVariable, packageFirst } from "../assembly/serverless-file.ts";
import { isJsonObject, objectAt, valueAt, type JsonObject } from "../value/json.ts";
import { noValue, type TemplateValue } from "../value/template-value.ts";
import type { Unknown } from "../value/unknowns.ts";
import { evaluateCondition } from "./evaluate-condition.ts";
import { intrinsicCall } from "./intrinsic-functions.ts";
import { parameterValue, type ParameterValue } from "./template-parameters.ts";
import { pseudoParameters } from "./pseudo-parameters.ts";
import { TemplateProperty } from "./template-property.ts";
import { TemplateResource } from "./template-resource.ts";
import type { ConditionValue, TemplateScope } from "./template-scope.ts";

/** What a template cannot know of itself. */
export interface StackSurroundings {
  /** Whether a fault in the template becomes an unknown value, instead of an error. */
  readonly marksFaults: boolean;
  /** What is passed for a parameter: text, a list or undefined. */
  passedParameter(name: string): unknown;
  /** What another template says of a resource's attribute (`undefined`: of `Ref`). */
  attribute(resource: TemplateResource, attribute: string | undefined): TemplateValue | undefined;
  /** What a stack of the assembly exports under a name; undefined where none does. */
  exportedValue(exportName: string): TemplateValue | undefined;
  /** What stands for a value that only the deployment knows. */
  unknown(unknown: Unknown): string;
  readable(text: string): string;
  /** What to ask where a text has to be known and is not; undefined where nobody is asked. */
  whyUnknown(text: string, path: string): string | undefined;
}

/**
 * A stack whose template is evaluated as CloudFormation would, each value when it is read.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export class EvaluatedStack {
  readonly source: AssemblyStack;
  readonly #surroundings: StackSurroundings;
  readonly #pseudoParameters: ReadonlyMap<string, unknown>;
  readonly #conditions = new Map<string, ConditionValue>();
  readonly #resources = new Map<string, TemplateResource | undefined>();
  readonly #inProgress = new Set<string>();
  readonly #scope: TemplateScope;

  constructor(source: AssemblyStack, surroundings: StackSurroundings) {
    this.source = source;
    this.#surroundings = surroundings;
    this.#pseudoParameters = pseudoParameters(source);
    this.#scope = {
      evaluate: (value, path) => this.#evaluate(value, path),
      resolve: (value, path) => this.#resolve(value, path),
      reference: (name, path) => this.#reference(name, path),
      attribute: (logicalId, attribute, path) => this.#attribute(logicalId, attribute, path),
      condition: (name, path) => this.#condition(name, path),
      mappingValue: (...keys) => valueAt(this.#section("Mappings"), ...keys),
      importValue: (name, path) => this.#importValue(name, path),
      unknown: (value) => surroundings.unknown({ ...value, stack: source }),
      readable: (text) => surroundings.readable(text),
      whyUnknown: (text, path) => surroundings.whyUnknown(text, path),
    };
  }

  /** The names of the parameters that the template declares. */
  get parameterNames(): readonly string[] {
    return Object.keys(this.#section("Parameters"));
  }

  /**
   * Returns the names of the parameters that a deployment would have to pass.
   *
   * @throws {CloudAssemblyError} when the value of another one is not allowed.
   */
  missingParameters(): readonly string[] {
    return this.parameterNames.filter((name) => this.#parameter(name).kind === "parameter");
  }

  /** The macros that would rewrite the template before it is deployed. */
  get transforms(): readonly string[] {
    const { Transform: transform } = this.source.template;
    const list: readonly unknown[] = Array.isArray(transform) ? transform : [transform];
    return list
      .map((macro) => (isJsonObject(macro) ? macro["Name"] : macro))
      .filter((name) => typeof name === "string");
  }

  /** The names of blocks under `Resources` that would first have to be expanded (`Fn::ForEach`). */
  get unexpandedBlocks(): readonly string[] {
    return Object.keys(this.#section("Resources")).filter((name) => name.startsWith("Fn::"));
  }

  /**
   * Returns a resource; undefined where there is none of that logical id, or where its condition
   * does not hold.
   */
  resource(logicalId: string): TemplateResource | undefined {
    if (!this.#resources.has(logicalId)) {
      this.#resources.set(logicalId, this.#readResource(logicalId));
    }
    return this.#resources.get(logicalId);
  }

  /** Returns the resources of a type whose conditions hold, in the template's order. */
  resourcesOfType(type: string): readonly TemplateResource[] {
    return Object.entries(this.#section("Resources"))
      .filter(([, resource]) => valueAt(resource, "Type") === type)
      .flatMap(([logicalId]) => this.resource(logicalId) ?? []);
  }

  /** Returns the value of an output; undefined where there is none, or where its condition does not hold. */
  output(name: string): TemplateValue | undefined {
    return this.#output(name)?.property("Value").marked();
  }

  /** Returns what the template exports under a name; undefined where it exports no such name. */
  exportedValue(exportName: string): TemplateValue | undefined {
    const name = Object.keys(this.#section("Outputs")).find((name) => {
      const output = tryResolve(() => this.#output(name));
      const exported = output?.property("Export").property("Name");
      return tryResolve(() => exported?.optionalString()) === exportName;
    });
    return name === undefined ? undefined : this.output(name);
  }

  #section(name: string): JsonObject {
    return objectAt(this.source.template, name);
  }

  #parameter(name: string): ParameterValue {
    const declared = this.#section("Parameters")[name];
    return parameterValue(name, declared, this.#surroundings.passedParameter(name));
  }

  #output(name: string): TemplateProperty | undefined {
    const path = `Outputs.${name}`;
    const output = new TemplateProperty(this.#section("Outputs")[name], path, this.#scope);
    const condition = output.property("Condition").optionalString();
    return condition !== undefined && this.#condition(condition, path) === false
      ? undefined
      : output;
  }

  #readResource(logicalId: string): TemplateResource | undefined {
    const resource = valueAt(this.#section("Resources"), logicalId);
    if (!isJsonObject(resource)) return undefined;
    const {
      Condition: condition,
      Type: type,
      Properties: properties,
      Metadata: metadata,
    } = resource;
    if (typeof condition === "string" && this.#condition(condition, logicalId) === false) {
      return undefined;
    }
    return new TemplateResource(
      this.source,
      logicalId,
      typeof type === "string" ? type : "",
      new TemplateProperty(properties, logicalId, this.#scope),
      new TemplateProperty(metadata, `${logicalId}.Metadata`, this.#scope),
    );
  }

  #resolve(value: unknown, path: string): unknown {
    return this.#orUnknown(path, () => {
      const call = intrinsicCall(value, path);
      const resolved = call === undefined ? value : call.evaluate(this.#scope);
      return typeof resolved === "string" ? this.#withoutReferences(resolved, path) : resolved;
    });
  }

  /** @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/dynamic-references.html */
  #withoutReferences(text: string, path: string): string {
    return text.replaceAll(/\{\{resolve:[^{}]+\}\}/g, (name) => {
      const reason = `refers to a value outside the template: got ${JSON.stringify(name)}.`;
      return this.#scope.unknown({ kind: "dynamic-reference", name, path, reason });
    });
  }

  #orUnknown(path: string, evaluate: () => unknown): unknown {
    if (!this.#surroundings.marksFaults) return evaluate();
    try {
      return evaluate();
    } catch (error) {
      if (!(error instanceof CloudAssemblyError)) throw error;
      const { message } = error;
      return this.#scope.unknown({ kind: "expression", name: path, path, reason: message });
    }
  }

  #evaluate(value: unknown, path: string): TemplateValue | typeof noValue {
    const resolved = this.#resolve(value, path);
    if (Array.isArray(resolved)) {
      return resolved
        .map((item, index) => this.#evaluate(item, `${path}[${index}]`))
        .filter((item) => item !== noValue);
    }
    if (isJsonObject(resolved)) {
      const members = Object.entries(resolved)
        .map(([name, member]) => [name, this.#evaluate(member, `${path}.${name}`)] as const)
        .filter((member): member is readonly [string, TemplateValue] => member[1] !== noValue);
      return Object.fromEntries(members);
    }
    return resolved === undefined ? noValue : (resolved as TemplateValue | typeof noValue);
  }

  #reference(name: string, path: string): unknown {
    if (this.#pseudoParameters.has(name)) {
      const value = this.#pseudoParameters.get(name);
      if (value !== undefined) return value;
      const reason = `is decided by the deployment: got ${JSON.stringify(name)}.`;
      return this.#scope.unknown({ kind: "pseudo-parameter", name, path, reason });
    }
    if (Object.hasOwn(this.#section("Parameters"), name)) {
      const found = this.#once(`Parameters.${name}`, path, name, () => this.#parameter(name));
      return found.kind === "known"
        ? found.value
        : this.#scope.unknown({ ...found, name, path: `Parameters.${name}` });
    }
    return this.#attribute(name, undefined, path);
  }

  #attribute(logicalId: string, attribute: string | undefined, path: string): TemplateValue {
    const resource = this.resource(logicalId);
    if (resource === undefined) {
      const problem = Object.hasOwn(this.#section("Resources"), logicalId)
        ? "names a resource whose condition does not hold"
        : "names no parameter or resource of the template";
      const remedy = hasServerlessVariable(this.source.template)
        ? packageFirst
        : "Correct the name, or put the value under a condition too.";
      throw new CloudAssemblyError(
        `${path} ${problem}: got ${JSON.stringify(logicalId)}. ${remedy}`,
      );
    }
    const name = [logicalId, ...(attribute === undefined ? [] : [attribute])].join(".");
    return this.#once(`${logicalId}.${attribute ?? ""}`, path, logicalId, () => {
      const value = this.#surroundings.attribute(resource, attribute);
      if (value !== undefined) return value;
      const reason = `is known once ${logicalId} is deployed: got ${JSON.stringify(name)}.`;
      const { source: stack } = this;
      const unknown = {
        kind: "attribute",
        name,
        path,
        reason,
        stack,
        resource,
        attribute,
      } as const;
      return this.#surroundings.unknown(unknown);
    });
  }

  /** Evaluates what other values may refer to, and refuses circles. */
  #once<Value>(key: string, path: string, name: string, evaluate: () => Value): Value {
    if (this.#inProgress.has(key)) {
      throw new CloudAssemblyError(
        `${path} depends on itself: got ${JSON.stringify(name)}. Break the circle of references.`,
      );
    }
    this.#inProgress.add(key);
    try {
      return evaluate();
    } finally {
      this.#inProgress.delete(key);
    }
  }

  #condition(name: string, path: string): ConditionValue {
    const known = this.#conditions.get(name);
    if (known !== undefined) return known;
    const conditions = this.#section("Conditions");
    const key = `Conditions.${name}`;
    try {
      if (!Object.hasOwn(conditions, name)) {
        throw new CloudAssemblyError(
          `${path} names a condition that is not in the template: got ${JSON.stringify(name)}. Correct it, or add it under "Conditions".`,
        );
      }
      const holds = this.#once(key, path, name, () =>
        evaluateCondition(conditions[name], key, this.#scope),
      );
      const problem =
        typeof holds === "object" ? this.#scope.whyUnknown(holds.undecidedBy, key) : undefined;
      if (problem !== undefined) throw new CloudAssemblyError(problem);
      this.#conditions.set(name, holds);
      return holds;
    } catch (error) {
      if (!this.#surroundings.marksFaults || !(error instanceof CloudAssemblyError)) throw error;
      return { undecidedBy: key };
    }
  }

  #importValue(name: string, path: string): TemplateValue {
    const value = this.#once(`export ${name}`, path, name, () =>
      this.#surroundings.exportedValue(name),
    );
    if (value !== undefined) return value;
    const reason = `imports what no stack of the assembly exports: got ${JSON.stringify(name)}.`;
    return this.#scope.unknown({ kind: "export", name, path, reason });
  }
}
