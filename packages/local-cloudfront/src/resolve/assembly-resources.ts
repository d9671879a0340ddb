import {
  type AssemblyStack,
  EvaluatedAssembly,
  partitionOf,
  type TemplateResource,
  tryResolve,
  type Unknown,
} from "cloud-assembly";
import {
  defaultEnvironment,
  distributionId,
  syntheticId,
  withEnvironment,
} from "./synthetic-ids.ts";

/** What a user knows of a deployment. */
export interface DeploymentValues {
  /** Values for the parameters of all templates, by name. */
  readonly parameters?: { readonly [name: string]: string };
  /** What stacks outside the assembly export, by the export's name. */
  readonly imports?: { readonly [exportName: string]: string };
  /** Attributes of resources as in `Api.Endpoint`, ids as in `Api`, and dynamic references as they are written. */
  readonly values?: { readonly [name: string]: string };
}

/**
 * The resources of an assembly, nested stacks included, and what they are once they are deployed:
 * synthetic ids stand for those that AWS would give them.
 */
export class AssemblyResources extends EvaluatedAssembly {
  readonly #given: DeploymentValues;
  readonly #syntheticIds = new Set<string>();
  readonly #hasDefaultAccount: boolean;
  readonly #usedNames = new Set<string>();
  readonly #physicalIds = new Map<TemplateResource, Map<string, string | undefined>>();

  /** @param given wins over synthetic ids. */
  constructor(stacks: readonly AssemblyStack[], given: DeploymentValues = {}) {
    super(stacks.map(withEnvironment), {
      parameters: given.parameters ?? {},
      resolveUnknown: (unknown) => this.#resolve(unknown),
      remedyFor,
    });
    this.#given = given;
    this.#hasDefaultAccount = stacks.some(({ account }) => account === undefined);
  }

  /**
   * Whether a host name is, or holds, what stands for something that a deployment decides: it belongs to
   * nobody, or to somebody else.
   */
  isSyntheticHost(host: string): boolean {
    if (this.#hasDefaultAccount && host.includes(defaultEnvironment.account)) return true;
    return [...this.#syntheticIds].some((id) => {
      const name = id.replace(/^https?:\/\//, "").replace(/[/:].*$/, "");
      return host === name || host.startsWith(`${name}.`) || host.includes(`.${name}.`);
    });
  }

  /** Returns the options that no template has asked for so far, as in `--import Name`. */
  unusedOptions(): readonly string[] {
    const { imports = {}, values = {} } = this.#given;
    return [
      ...Object.keys(imports).map((name) => `--import ${name}`),
      ...Object.keys(values).map((name) => `--value ${name}`),
    ].filter((option) => !this.#usedNames.has(option));
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

  /**
   * Returns the physical id of a resource, or one of its attributes: what a user gives, or a synthetic
   * one; undefined where it has no such.
   */
  physicalId(resource: TemplateResource, attribute?: string): string | undefined {
    const { values = {} } = this.#given;
    const name = [resource.logicalId, ...(attribute === undefined ? [] : [attribute])].join(".");
    if (Object.hasOwn(values, name)) return values[name];
    // A search goes through all resources of a type, and each version of a function through all versions.
    const known = this.#physicalIds.get(resource) ?? new Map<string, string | undefined>();
    if (!known.has(name)) {
      const versions = () => this.ofType(resource.stack, "AWS::Lambda::Version");
      known.set(name, syntheticId(resource, attribute, versions));
      this.#physicalIds.set(resource, known);
    }
    return known.get(name);
  }

  /** Returns the ARN of a distribution. */
  distributionArn({ stack, logicalId }: TemplateResource): string {
    const { account, region } = withEnvironment(stack);
    return `arn:${partitionOf(region)}:cloudfront::${account}:distribution/${distributionId(logicalId)}`;
  }

  /** Returns what a user has stand in for an id that the template has as it is, as that of a policy elsewhere. */
  standInFor(id: string): string | undefined {
    return this.#givenValue({ kind: "attribute", name: id });
  }

  #resolve(unknown: Unknown): string | undefined {
    const { kind, name, resource, attribute, stack } = unknown;
    const given = this.#givenValue(unknown);
    if (given !== undefined) return given;
    if (kind === "attribute") {
      const id = resource && this.physicalId(resource, attribute);
      if (id !== undefined && !isNamedBucket(resource)) this.#syntheticIds.add(id.toLowerCase());
      return id;
    }
    return name === "AWS::StackId" ? stackId(stack) : undefined;
  }

  #givenValue({ kind, name }: Pick<Unknown, "kind" | "name">): string | undefined {
    // The parts of an expression were asked for before.
    if (kind === "expression") return undefined;
    const { imports = {}, values = {} } = this.#given;
    const [option, given] = kind === "export" ? ["--import", imports] : ["--value", values];
    if (!Object.hasOwn(given, name)) return undefined;
    this.#usedNames.add(`${option} ${name}`);
    return given[name];
  }
}

function remedyFor({ kind, name }: Unknown): string {
  switch (kind) {
    case "parameter":
    case "ssm-parameter":
      return `Pass --parameter ${name}=VALUE.`;
    case "export":
      return `Pass --import ${name}=VALUE, or synthesize the exporting stack into the same assembly.`;
    case "dynamic-reference":
      return `Pass --value "${name}=VALUE".`;
    default:
      return `Pass --value ${name}=VALUE.`;
  }
}

/** Its name is in the template: it is the bucket that the app has, or will have. */
function isNamedBucket(resource: TemplateResource | undefined): boolean {
  const name = resource?.properties.property("BucketName");
  return resource?.type === "AWS::S3::Bucket" && name?.isPresent === true && name.isKnown;
}

function stackId(stack: AssemblyStack): string {
  const { name, account, region } = withEnvironment(stack);
  const uuid = "00000000-0000-0000-0000-000000000000";
  return `arn:${partitionOf(region)}:cloudformation:${region}:${account}:stack/${name}/${uuid}`;
}
