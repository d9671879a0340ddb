import { isJsonObject, type JsonObject, valueAt } from "../value/json.ts";
import { intrinsicOf, mayStandIn } from "./plan-intrinsics.ts";
import { referencesOf, type ResourceReference } from "./plan-references.ts";
import type { PlanResource, TerraformPlan } from "./terraform-plan.ts";

/** Attributes without which a resource is none: where their value is not known, they are there all the same. */
const needed: ReadonlySet<string> = new Set([
  "domain_name",
  "function_arn",
  "key_value_store_arn",
  "lambda_arn",
]);

/**
 * Returns the attributes of a resource, with an intrinsic function of CloudFormation wherever only the
 * deployment knows a value. What the configuration does not write, and the provider computes, is absent.
 *
 * @param known what stands for values that name another resource of the plan, as the ARN of one that is deployed.
 */
export function resolvedValues(
  resource: PlanResource,
  plan: TerraformPlan,
  known: ReadonlyMap<string, unknown>,
): JsonObject {
  const { values, unknown, expressions } = resource;
  const context = { resource, plan, known };
  return resolvedBlock(context, values, unknown, expressions, "");
}

interface Context {
  readonly resource: PlanResource;
  readonly plan: TerraformPlan;
  readonly known: ReadonlyMap<string, unknown>;
}

function resolvedBlock(
  context: Context,
  values: JsonObject,
  unknown: unknown,
  expressions: JsonObject,
  path: string,
): JsonObject {
  const names = new Set([
    ...Object.keys(values),
    ...(isJsonObject(unknown) ? Object.keys(unknown) : []),
  ]);
  const resolved = [...names].map((name) => {
    const at = path === "" ? name : `${path}.${name}`;
    const own = resolvedValue(context, values[name], valueAt(unknown, name), expressions[name], at);
    return [name, own] as const;
  });
  return Object.fromEntries(resolved.filter(([, value]) => value !== undefined && value !== null));
}

function resolvedValue(
  context: Context,
  value: unknown,
  unknown: unknown,
  expression: unknown,
  path: string,
): unknown {
  if (unknown === true) return unknownValue(context, expression, path);
  if (typeof value === "string") return context.known.get(value) ?? value;
  if (Array.isArray(value)) return resolvedList(context, value, unknown, expression, path);
  if (!isJsonObject(value)) return value;
  const block = isJsonObject(expression) && !("references" in expression) ? expression : {};
  const resolved = resolvedBlock(context, value, unknown, block, path);
  return resolved;
}

function resolvedList(
  context: Context,
  values: readonly unknown[],
  unknown: unknown,
  expression: unknown,
  path: string,
): unknown {
  const blocks: unknown[] = Array.isArray(expression) ? [...(expression as unknown[])] : [];
  return values.map((value, index) => {
    const ownUnknown: unknown = Array.isArray(unknown) ? unknown[index] : undefined;
    // The blocks of a set are in no order: what is known of each tells them apart.
    const block = Array.isArray(expression) ? takeBlock(blocks, value) : expression;
    return resolvedValue(context, value, ownUnknown, block, `${path}[${index}]`);
  });
}

function takeBlock(blocks: unknown[], value: unknown): unknown {
  const scores = blocks.map((block) => agreement(block, value));
  const best = scores.indexOf(Math.max(...scores));
  return best < 0 ? undefined : blocks.splice(best, 1)[0];
}

/** How many constants of a block are those of a value; less than nothing where one is another. */
function agreement(block: unknown, value: unknown): number {
  if (!isJsonObject(block) || !isJsonObject(value)) return 0;
  let agreed = 0;
  for (const [name, expression] of Object.entries(block)) {
    const constant = valueAt(expression, "constant_value");
    const own = value[name];
    if (Array.isArray(expression) && Array.isArray(own)) {
      if (expression.length !== own.length) return -1;
      agreed += Math.max(0, agreement(expression[0], own[0]));
    }
    if (constant === undefined || own === undefined || own === null) continue;
    if (JSON.stringify(constant) !== JSON.stringify(own)) return -1;
    agreed += 1;
  }
  return agreed;
}

function unknownValue({ resource, plan }: Context, expression: unknown, path: string): unknown {
  const [, name = path] = /([^.[]+)(?:\[\d+\])?$/.exec(path) ?? [];
  const references = referencesOf(expression, resource.module, plan).map((each) =>
    websiteOf(each, plan),
  );
  const reference =
    references.find(({ resource: { type } }) => mayStandIn(name, type)) ?? references[0];
  if (reference !== undefined) return intrinsicOf(name, reference);
  if (expression === undefined && !needed.has(name)) return undefined;
  return { "Fn::GetAtt": [resource.address, path] };
}

/** The website endpoint is an attribute of the bucket in CloudFormation. */
function websiteOf(reference: ResourceReference, plan: TerraformPlan): ResourceReference {
  const { resource } = reference;
  if (resource.type !== "aws_s3_bucket_website_configuration") return reference;
  const bucket = bucketOf(resource, plan);
  return bucket === undefined ? reference : { resource: bucket, attribute: "website_endpoint" };
}

/** Returns the bucket that a resource configures by its attribute `bucket`. */
export function bucketOf(resource: PlanResource, plan: TerraformPlan): PlanResource | undefined {
  const { values, expressions, module } = resource;
  const references = referencesOf(expressions["bucket"], module, plan);
  const referred = references.find(({ resource: { type } }) => type === "aws_s3_bucket");
  return (
    referred?.resource ??
    plan.resources.find(
      ({ type, values: own }) =>
        type === "aws_s3_bucket" &&
        own["bucket"] !== undefined &&
        own["bucket"] === values["bucket"],
    )
  );
}
