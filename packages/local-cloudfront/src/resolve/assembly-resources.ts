import {
  type AssemblyStack,
  CloudAssemblyError,
  EvaluatedAssembly,
  partitionOf,
  type TemplateResource,
  tryResolve,
  type Unknown,
} from "cloud-assembly";
import { distributionId, syntheticId, withEnvironment } from "./synthetic-ids.ts";

/**
 * The resources of an assembly, nested stacks included, and what they are once they are deployed:
 * synthetic ids stand for those that AWS would give them.
 */
export class AssemblyResources extends EvaluatedAssembly {
  /** @param parameters values for the parameters of all templates, by name. */
  constructor(
    stacks: readonly AssemblyStack[],
    parameters: { readonly [name: string]: string } = {},
  ) {
    super(stacks.map(withEnvironment), {
      parameters,
      resolveUnknown: (unknown) => this.#resolve(unknown),
    });
  }

  /** Returns the resources of a type in one stack. */
  ofType(stack: AssemblyStack, type: string): readonly TemplateResource[] {
    return this.stackOf(stack).resourcesOfType(type);
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
  ): TemplateResource | undefined {
    const others = this.stacks.filter(({ source }) => source.id !== home.id);
    for (const stack of [this.stackOf(home), ...others]) {
      const found = stack
        .resourcesOfType(type)
        .find((candidate) => tryResolve(() => this.physicalId(candidate, attribute)) === id);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** Returns the physical id of a resource, or one of its attributes; undefined where it has no such. */
  physicalId(resource: TemplateResource, attribute?: string): string | undefined {
    const versions = () => this.ofType(resource.stack, "AWS::Lambda::Version");
    return syntheticId(resource, attribute, versions);
  }

  /** Returns the ARN of a distribution. */
  distributionArn({ stack, logicalId }: TemplateResource): string {
    const { account, region } = withEnvironment(stack);
    return `arn:${partitionOf(region)}:cloudfront::${account}:distribution/${distributionId(logicalId)}`;
  }

  /** @throws {CloudAssemblyError} where a placeholder will not do: the message names what helps. */
  #resolve({ kind, name, path, reason, resource, attribute, stack }: Unknown): string | undefined {
    switch (kind) {
      case "attribute":
        return resource && this.physicalId(resource, attribute);
      case "pseudo-parameter":
        return name === "AWS::StackId" ? stackId(stack) : undefined;
      // A header may hold it; no account is asked.
      case "dynamic-reference":
        return name;
      case "parameter":
      case "ssm-parameter":
        throw new CloudAssemblyError(`${path} ${reason} Pass --parameter ${name}=VALUE.`);
      case "export":
        throw new CloudAssemblyError(
          `${path} ${reason} Synthesize the exporting stack into the same assembly, or write the value out.`,
        );
      case "expression":
        return undefined;
    }
  }
}

function stackId(stack: AssemblyStack): string {
  const { name, account, region } = withEnvironment(stack);
  const uuid = "00000000-0000-0000-0000-000000000000";
  return `arn:${partitionOf(region)}:cloudformation:${region}:${account}:stack/${name}/${uuid}`;
}
