import { isJsonObject, listAt, objectAt, valueAt, type JsonObject } from "../value/json.ts";

/** A resource of a plan, in one of its instances. */
export interface PlanResource {
  /** As in `module.site.aws_s3_bucket.this[0]`. */
  readonly address: string;
  /** As in `module.site`; empty for the root module. */
  readonly module: string;
  readonly isData: boolean;
  /** As in `aws_s3_bucket`. */
  readonly type: string;
  readonly name: string;
  /** What is known of its attributes. */
  readonly values: JsonObject;
  /** True where only the deployment knows an attribute; of the shape of the values. */
  readonly unknown: unknown;
  /** What the configuration writes for its attributes. */
  readonly expressions: JsonObject;
  readonly providerKey: string;
}

/** What `terraform show -json` prints of a plan. */
export interface TerraformPlan {
  readonly resources: readonly PlanResource[];
  /** The whole configuration. */
  readonly configuration: JsonObject;
  /** The Region of a provider's configuration; undefined where it is not known. */
  regionOf(providerKey: string): string | undefined;
}

/** Whether JSON is what Terraform or OpenTofu print of a plan, or of a state. */
export function isTerraformPlan(value: unknown): value is JsonObject {
  return (
    isJsonObject(value) &&
    typeof value["format_version"] === "string" &&
    (isJsonObject(value["planned_values"]) || isJsonObject(value["values"]))
  );
}

/**
 * Reads the resources of a plan, those of modules included, with what the configuration says of them. A
 * state has no configuration: all its values are known.
 *
 * @see https://developer.hashicorp.com/terraform/internals/json-format
 */
export function readTerraformPlan(json: JsonObject): TerraformPlan {
  const configuration = objectAt(json, "configuration");
  const unknown = new Map(
    listAt(json, "resource_changes").map((change) => [
      valueAt(change, "address"),
      valueAt(change, "change", "after_unknown"),
    ]),
  );
  const planned = json["planned_values"] ?? json["values"];
  const read = (root: unknown): readonly PlanResource[] =>
    resourcesIn(objectAt(root, "root_module"), configuration, unknown);
  const prior = read(valueAt(json, "prior_state", "values"));
  return {
    resources: [...read(planned), ...prior.filter(({ isData }) => isData)],
    configuration,
    regionOf: (providerKey) => regionOf(providerKey, json),
  };
}

function resourcesIn(
  module: JsonObject,
  configuration: JsonObject,
  unknown: ReadonlyMap<unknown, unknown>,
): readonly PlanResource[] {
  const moduleAddress = textAt(module, "address");
  const declared = listAt(moduleConfiguration(configuration, moduleAddress), "resources");
  const own = listAt(module, "resources").map((resource) => {
    const mode = textAt(resource, "mode");
    const type = textAt(resource, "type");
    const name = textAt(resource, "name");
    const config = declared.find(
      (each) =>
        valueAt(each, "mode") === mode &&
        valueAt(each, "type") === type &&
        valueAt(each, "name") === name,
    );
    const address = textAt(resource, "address");
    return {
      address,
      module: moduleAddress,
      isData: mode === "data",
      type,
      name,
      values: objectAt(resource, "values"),
      unknown: unknown.get(address),
      expressions: objectAt(config, "expressions"),
      providerKey: textAt(config, "provider_config_key"),
    };
  });
  const children = listAt(module, "child_modules").flatMap((child) =>
    isJsonObject(child) ? resourcesIn(child, configuration, unknown) : [],
  );
  return [...own, ...children];
}

/** Returns the configuration of a module, by the address of one of its instances. */
export function moduleConfiguration(configuration: JsonObject, moduleAddress: string): JsonObject {
  return moduleNames(moduleAddress).reduce(
    (module, name) => objectAt(module, "module_calls", name, "module"),
    objectAt(configuration, "root_module"),
  );
}

/** `module.a["x"].module.b[0]` is `a`, `b`. */
export function moduleNames(moduleAddress: string): readonly string[] {
  return [...moduleAddress.matchAll(/module\.([^.[]+)/g)].map(([, name = ""]) => name);
}

function regionOf(providerKey: string, json: JsonObject): string | undefined {
  const providers = objectAt(json, "configuration", "provider_config");
  // A module names its own provider, as in `module.site:aws`.
  const key = Object.hasOwn(providers, providerKey) ? providerKey : providerKey.replace(/^.*:/, "");
  const region = objectAt(providers, key, "expressions", "region");
  const constant = region["constant_value"];
  if (typeof constant === "string") return constant;
  const [reference] = listAt(region, "references");
  const [, variable = ""] = /^var\.(.+)$/.exec(String(reference)) ?? [];
  const value = valueAt(json, "variables", variable, "value");
  return typeof value === "string" ? value : undefined;
}

function textAt(value: unknown, name: string): string {
  const text = valueAt(value, name);
  return typeof text === "string" ? text : "";
}
