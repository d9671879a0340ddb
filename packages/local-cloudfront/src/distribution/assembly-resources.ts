import type { AssemblyStack, CloudAssembly } from "../cloud-assembly/cloud-assembly.ts";
import { EvaluatedTemplate, type TemplateResource } from "../template/evaluated-template.ts";
import { crossRegionValue } from "./cross-region-value.ts";
import {
  distributionId,
  functionNameOf,
  physicalId,
  type PhysicalIdScope,
} from "./physical-ids.ts";
import { unlessRefused } from "./unless-refused.ts";

/** The account of stacks whose app leaves it to the deployment: AWS's own example. */
const exampleAccount = "123456789012";
const defaultRegion = "us-east-1";

/** A resource and the stack that holds it. */
export interface StackResource {
  readonly stack: AssemblyStack;
  readonly resource: TemplateResource;
}

/** The templates of an assembly, evaluated on demand, and their resources by physical id. */
export class AssemblyResources {
  readonly #stacks: readonly AssemblyStack[];
  readonly #parameters: { readonly [name: string]: string };
  readonly #templates = new Map<AssemblyStack, EvaluatedTemplate>();

  /** @param parameters values for the parameters of all templates, by name. */
  constructor(assembly: CloudAssembly, parameters: { readonly [name: string]: string }) {
    this.#stacks = assembly.stacks;
    this.#parameters = parameters;
  }

  /** Returns the template of a stack. */
  template(stack: AssemblyStack): EvaluatedTemplate {
    const known = this.#templates.get(stack);
    if (known !== undefined) return known;
    const scope = this.#scope(stack);
    const template = new EvaluatedTemplate(stack.template, {
      ...scope,
      parameters: this.#parameters,
      resourceAttribute: (resource, attribute) =>
        physicalId(resource, attribute, scope) ??
        crossRegionValue(
          resource,
          attribute,
          this.#stacks.map((stack) => this.template(stack)),
        ),
      importValue: (exportName) => this.#exportedValue(exportName, stack),
    });
    this.#templates.set(stack, template);
    return template;
  }

  /** Returns the resources of a type in one stack. */
  ofType(stack: AssemblyStack, type: string): readonly StackResource[] {
    return this.template(stack)
      .resourcesOfType(type)
      .map((resource) => ({ stack, resource }));
  }

  /**
   * Returns the resource of a type whose physical id, or another attribute, is as given; undefined
   * where the assembly has none. The home stack is searched first, so that a fault in another
   * stack's template does no harm.
   */
  find(
    home: AssemblyStack,
    type: string,
    id: string,
    attribute?: string,
  ): StackResource | undefined {
    for (const stack of [home, ...this.#stacks.filter((stack) => stack !== home)]) {
      const found = this.ofType(stack, type).find(
        (candidate) => unlessRefused(() => this.physicalId(candidate, attribute)) === id,
      );
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Returns the physical id of a resource, or one of its attributes. */
  physicalId({ stack, resource }: StackResource, attribute?: string): string | undefined {
    return physicalId(resource, attribute, this.#scope(stack));
  }

  /** Returns the ARN of a distribution. */
  distributionArn({ stack, resource }: StackResource): string {
    const { accountId } = this.#scope(stack);
    return `arn:aws:cloudfront::${accountId}:distribution/${distributionId(resource.logicalId)}`;
  }

  #scope(stack: AssemblyStack): PhysicalIdScope {
    return {
      stackName: stack.name,
      accountId: stack.account ?? exampleAccount,
      region: stack.region ?? defaultRegion,
      versionNumber: (version) => versionNumber(version, this.template(stack)),
    };
  }

  #exportedValue(
    exportName: string,
    importer: AssemblyStack,
  ): ReturnType<EvaluatedTemplate["exportedValue"]> {
    for (const stack of this.#stacks) {
      if (stack === importer) continue;
      const value = this.template(stack).exportedValue(exportName);
      if (value !== undefined) return value;
    }
    return undefined;
  }
}

/** Versions of one function are numbered in the template's order. */
function versionNumber(version: TemplateResource, template: EvaluatedTemplate): number {
  const nameOf = (resource: TemplateResource): string | undefined =>
    unlessRefused(() => functionNameOf(resource.properties.property("FunctionName").string()));
  const siblings = template
    .resourcesOfType(version.type)
    .filter((sibling) => nameOf(sibling) === nameOf(version));
  return siblings.findIndex((sibling) => sibling.logicalId === version.logicalId) + 1;
}
