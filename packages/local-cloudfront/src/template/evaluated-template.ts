import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { conditionFunctions, evaluateCondition } from "./evaluate-condition.ts";
import { intrinsicCallOf } from "./intrinsic-call.ts";
import { intrinsicFunctions } from "./intrinsic-functions.ts";
import { pseudoParameters, type StackIdentity } from "./pseudo-parameters.ts";
import { TemplateParameters } from "./template-parameters.ts";
import { TemplateProperty } from "./template-property.ts";
import type { TemplateScope } from "./template-scope.ts";
import { isMapping, noValue, type RawMapping, type TemplateValue } from "./template-value.ts";

/** A resource of a template. */
export interface TemplateResource {
  readonly logicalId: string;
  /** As in `AWS::S3::Bucket`. */
  readonly type: string;
  readonly properties: TemplateProperty;
  /** The resource's `Metadata`. */
  readonly metadata: TemplateProperty;
}

/** What a template cannot know of itself. */
export interface TemplateEnvironment extends StackIdentity {
  /** Values for parameters by name; they win over the template's defaults. */
  readonly parameters: { readonly [name: string]: string };
  /**
   * The physical id of a resource (`attribute` undefined: `Ref`) or one of its attributes
   * (`Fn::GetAtt`); undefined where it is not known, which makes a token that names it.
   */
  resourceAttribute(resource: TemplateResource, attribute: string | undefined): string | undefined;
  /** What another stack exports under a name; undefined where none does. */
  importValue(exportName: string): TemplateValue | undefined;
}

/**
 * A template whose values are evaluated as CloudFormation would, each when it is read.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/template-anatomy.html
 */
export class EvaluatedTemplate {
  readonly #template: RawMapping;
  readonly #environment: TemplateEnvironment;
  readonly #parameters: TemplateParameters;
  readonly #pseudoParameters: ReadonlyMap<string, unknown>;
  readonly #conditions = new Map<string, boolean | "evaluating">();
  readonly #resources = new Map<string, TemplateResource | undefined>();
  readonly #attributesInProgress = new Set<string>();
  readonly #scope: TemplateScope;

  constructor(template: unknown, environment: TemplateEnvironment) {
    this.#template = isMapping(template) ? template : {};
    this.#environment = environment;
    this.#parameters = new TemplateParameters(this.#section("Parameters"), environment.parameters);
    this.#pseudoParameters = pseudoParameters(environment);
    this.#scope = {
      region: environment.region,
      evaluate: (value, path) => this.#evaluate(value, path),
      resolve: (value, path) => this.#resolve(value, path),
      reference: (name, path) => this.#reference(name, path),
      attribute: (logicalId, attribute, path) => this.#attribute(logicalId, attribute, path),
      condition: (name, path) => this.#condition(name, path),
      mappingValue: (...keys) => this.#mappingValue(...keys),
      importValue: (name, path) => this.#importValue(name, path),
    };
  }

  /** The names of the parameters that the template declares. */
  get parameterNames(): readonly string[] {
    return Object.keys(this.#section("Parameters"));
  }

  /**
   * Checks the values of all parameters.
   *
   * @throws {LocalCloudFrontError} when one has none, or one that is not allowed.
   */
  checkParameters(): void {
    this.#parameters.check();
  }

  /** The macros that would rewrite the template before it is deployed. */
  get transforms(): readonly string[] {
    const transform = this.#template["Transform"];
    const list: readonly unknown[] = Array.isArray(transform) ? transform : [transform];
    return list.filter((name) => typeof name === "string");
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
      .filter(([, resource]) => isMapping(resource) && resource["Type"] === type)
      .flatMap(([logicalId]) => this.resource(logicalId) ?? []);
  }

  /** Returns what the template exports under a name; undefined where it exports no such name. */
  exportedValue(exportName: string): TemplateValue | undefined {
    for (const [name, output] of Object.entries(this.#section("Outputs"))) {
      const path = `Outputs.${name}`;
      const property = new TemplateProperty(output, path, this.#scope);
      const condition = property.property("Condition").optionalString();
      if (condition !== undefined && !this.#condition(condition, path)) continue;
      if (property.property("Export").property("Name").optionalString() === exportName) {
        return property.property("Value").value();
      }
    }
    return undefined;
  }

  #section(name: string): RawMapping {
    const section = this.#template[name];
    return isMapping(section) ? section : {};
  }

  #readResource(logicalId: string): TemplateResource | undefined {
    const resources = this.#section("Resources");
    const resource = Object.hasOwn(resources, logicalId) ? resources[logicalId] : undefined;
    if (!isMapping(resource)) return undefined;
    const condition = resource["Condition"];
    if (typeof condition === "string" && !this.#condition(condition, logicalId)) return undefined;
    return {
      logicalId,
      type: typeof resource["Type"] === "string" ? resource["Type"] : "",
      properties: new TemplateProperty(resource["Properties"], logicalId, this.#scope),
      metadata: new TemplateProperty(resource["Metadata"], `${logicalId}.Metadata`, this.#scope),
    };
  }

  #resolve(value: unknown, path: string): unknown {
    const call = intrinsicCallOf(value, path);
    if (call === undefined) return value;
    const evaluate = intrinsicFunctions.get(call.name);
    if (evaluate === undefined) throw unsupportedFunction(call.name, path);
    return evaluate(call.argument, `${path}.${call.name}`, this.#scope);
  }

  #evaluate(value: unknown, path: string): TemplateValue | typeof noValue {
    const resolved = this.#resolve(value, path);
    if (Array.isArray(resolved)) {
      return resolved
        .map((item, index) => this.#evaluate(item, `${path}[${index}]`))
        .filter((item) => item !== noValue);
    }
    if (isMapping(resolved)) {
      const members = Object.entries(resolved)
        .map(([name, member]) => [name, this.#evaluate(member, `${path}.${name}`)] as const)
        .filter((member): member is readonly [string, TemplateValue] => member[1] !== noValue);
      return Object.fromEntries(members);
    }
    return resolved === undefined ? noValue : (resolved as TemplateValue | typeof noValue);
  }

  #reference(name: string, path: string): unknown {
    if (this.#pseudoParameters.has(name)) return this.#pseudoParameters.get(name);
    if (this.#parameters.has(name)) return this.#parameters.valueOf(name);
    return this.#physical(this.#existing(name, path), undefined, path) ?? `<${name}>`;
  }

  #attribute(logicalId: string, attribute: string, path: string): TemplateValue {
    const resource = this.#existing(logicalId, path);
    return this.#physical(resource, attribute, path) ?? `<${logicalId}.${attribute}>`;
  }

  #physical(
    resource: TemplateResource,
    attribute: string | undefined,
    path: string,
  ): string | undefined {
    const key = `${resource.logicalId}.${attribute ?? ""}`;
    if (this.#attributesInProgress.has(key)) {
      throw new LocalCloudFrontError(
        `${path} depends on itself: got ${JSON.stringify(resource.logicalId)}. Break the circle of references.`,
      );
    }
    this.#attributesInProgress.add(key);
    try {
      return this.#environment.resourceAttribute(resource, attribute);
    } finally {
      this.#attributesInProgress.delete(key);
    }
  }

  #existing(logicalId: string, path: string): TemplateResource {
    const resource = this.resource(logicalId);
    if (resource !== undefined) return resource;
    const problem = Object.hasOwn(this.#section("Resources"), logicalId)
      ? "names a resource whose condition does not hold"
      : "names no parameter or resource of the template";
    throw new LocalCloudFrontError(
      `${path} ${problem}: got ${JSON.stringify(logicalId)}. Mend the name, or put the value under a condition too.`,
    );
  }

  #condition(name: string, path: string): boolean {
    const known = this.#conditions.get(name);
    if (typeof known === "boolean") return known;
    const conditions = this.#section("Conditions");
    if (known === "evaluating" || !Object.hasOwn(conditions, name)) {
      const problem = known === "evaluating" ? "depends on itself" : "is not in the template";
      throw new LocalCloudFrontError(
        `${path} names a condition that ${problem}: got ${JSON.stringify(name)}. Mend it under "Conditions".`,
      );
    }
    this.#conditions.set(name, "evaluating");
    try {
      const holds = evaluateCondition(conditions[name], `Conditions.${name}`, this.#scope);
      this.#conditions.set(name, holds);
      return holds;
    } finally {
      if (this.#conditions.get(name) === "evaluating") this.#conditions.delete(name);
    }
  }

  #mappingValue(mapping: string, topKey: string, secondKey: string): unknown {
    return [mapping, topKey, secondKey].reduce<unknown>(
      (level, key) => (isMapping(level) && Object.hasOwn(level, key) ? level[key] : undefined),
      this.#section("Mappings"),
    );
  }

  #importValue(exportName: string, path: string): TemplateValue {
    const value = this.#environment.importValue(exportName);
    if (value !== undefined) return value;
    throw new LocalCloudFrontError(
      `${path} imports what no stack of the assembly exports: got ${JSON.stringify(exportName)}. Synthesize the exporting stack into the same assembly, or write the value out.`,
    );
  }
}

function unsupportedFunction(name: string, path: string): LocalCloudFrontError {
  const problem = conditionFunctions.includes(name)
    ? `uses ${name}, which may stand only under "Conditions"`
    : `uses ${name}, which is not supported`;
  return new LocalCloudFrontError(
    `${path} ${problem}. Write the value out, or compute it when the template is synthesized.`,
  );
}
