/** What only the deployment knows, in the values of a test's resource. */
export class AfterApply {
  /** As Terraform lists them: the attribute, then the resource. */
  readonly references: readonly string[];

  constructor(references: readonly string[]) {
    this.references = references;
  }
}

/** An attribute that refers to others, and is known after the deployment only. */
export function afterApply(...references: readonly string[]): AfterApply {
  const all = references.flatMap((reference) => {
    const resource = reference.replace(/\.[^.]+$/, "");
    return /^(?:var|local)\./.test(reference) ? [reference] : [reference, resource];
  });
  return new AfterApply(all);
}

/** The attributes of a resource, with `AfterApply` where Terraform does not know them. */
export type TestValues = Readonly<Record<string, unknown>>;

/** A module of a test's plan. */
export interface TestModule {
  /** Attributes by address, as in `aws_s3_bucket.site`, and `data.archive_file.edge`. */
  readonly resources: Readonly<Record<string, TestValues>>;
  readonly modules?: Readonly<Record<string, TestModule & { readonly variables?: TestValues }>>;
  readonly outputs?: Readonly<Record<string, AfterApply>>;
}

/**
 * Returns the JSON that `terraform show -json` prints of the plan of a module: the values that are
 * known, the shape of those that are not, and what the configuration writes for them.
 */
export function terraformPlan(root: TestModule): Record<string, unknown> {
  const changes: unknown[] = [];
  return {
    format_version: "1.2",
    terraform_version: "1.11.4",
    planned_values: { root_module: plannedModule(root, "", changes, false) },
    resource_changes: changes,
    prior_state: {
      format_version: "1.0",
      values: { root_module: plannedModule(root, "", [], true) },
    },
    configuration: {
      provider_config: {
        aws: { name: "aws", expressions: { region: { constant_value: "us-east-1" } } },
      },
      root_module: configured(root),
    },
  };
}

function plannedModule(
  { resources, modules = {} }: TestModule,
  prefix: string,
  changes: unknown[],
  isData: boolean,
): unknown {
  const own = Object.entries(resources)
    .filter(([address]) => address.startsWith("data.") === isData)
    .map(([address, values]) => {
      const full = `${prefix}${address}`;
      const head = { address: full, ...headOf(address), values: known(values) };
      changes.push({ ...head, change: { actions: ["create"], after_unknown: unknown(values) } });
      return head;
    });
  const children = Object.entries(modules).map(([name, module]) => {
    const address = `${prefix}module.${name}`;
    return { address, ...(plannedModule(module, `${address}.`, changes, isData) as object) };
  });
  return { resources: own, child_modules: children };
}

function headOf(address: string) {
  const isData = address.startsWith("data.");
  const [type = "", name = ""] = address
    .replace(/^data\./, "")
    .replace(/\[.*$/, "")
    .split(".");
  return { mode: isData ? "data" : "managed", type, name };
}

function configured({ resources, modules = {}, outputs = {} }: TestModule): unknown {
  return {
    resources: Object.entries(resources).map(([address, values]) => ({
      address,
      ...headOf(address),
      provider_config_key: "aws",
      expressions: expressions(values),
    })),
    outputs: Object.fromEntries(
      Object.entries(outputs).map(([name, value]) => [name, { expression: expression(value) }]),
    ),
    module_calls: Object.fromEntries(
      Object.entries(modules).map(([name, module]) => [
        name,
        {
          source: `./${name}`,
          expressions: expressions(module.variables ?? {}),
          module: configured(module),
        },
      ]),
    ),
  };
}

function known(value: unknown): unknown {
  if (value instanceof AfterApply) return undefined;
  if (Array.isArray(value)) return value.map((item) => known(item) ?? null);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, known(member)] as const)
      .filter(([, member]) => member !== undefined),
  );
}

function unknown(value: unknown): unknown {
  if (value instanceof AfterApply) return true;
  if (Array.isArray(value)) return value.map((item) => unknown(item) ?? false);
  if (typeof value !== "object" || value === null) return undefined;
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, member]) => [name, unknown(member)] as const)
      .filter(([, member]) => member !== undefined),
  );
}

/** Blocks are lists of objects; whatever else there is, is a constant or refers to something. */
function expressions(values: TestValues): unknown {
  return Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, expression(value)]),
  );
}

function expression(value: unknown): unknown {
  if (value instanceof AfterApply) return { references: value.references };
  const isBlocks = Array.isArray(value) && value.every((item) => isObject(item));
  return isBlocks && value.length > 0
    ? (value as TestValues[]).map(expressions)
    : { constant_value: value };
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !(value instanceof AfterApply);
}
