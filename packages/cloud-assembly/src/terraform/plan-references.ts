import { listAt, objectAt, type JsonObject } from "../value/json.ts";
import {
  moduleConfiguration,
  moduleNames,
  type PlanResource,
  type TerraformPlan,
} from "./terraform-plan.ts";

/** An attribute of a resource that an expression refers to. */
export interface ResourceReference {
  readonly resource: PlanResource;
  /** As in `arn`; empty for the resource as a whole. */
  readonly attribute: string;
}

const maxDepth = 20;

/**
 * Returns what an expression refers to, through variables and outputs of modules. What it does with it
 * is not in a plan, and neither are local values.
 *
 * @param module the address of the module in which the expression stands.
 */
export function referencesOf(
  expression: unknown,
  module: string,
  plan: TerraformPlan,
  depth = 0,
): readonly ResourceReference[] {
  if (depth > maxDepth) return [];
  return listAt(expression, "references")
    .map(String)
    .flatMap((reference) => {
      const [first = "", second = "", third = ""] = partsOf(reference);
      if (first === "var") return ofVariable(second, module, plan, depth);
      if (first === "module") return ofOutput(reference, second, third, module, plan, depth);
      return ofResource(reference, module, plan);
    });
}

/** Those of what the parent module passes. */
function ofVariable(
  name: string,
  module: string,
  plan: TerraformPlan,
  depth: number,
): readonly ResourceReference[] {
  const names = moduleNames(module);
  const last = names.at(-1);
  if (last === undefined) return [];
  const parent = module.replace(/\.?module\.[^.[]+(?:\[[^\]]*\])?$/, "");
  const calls = objectAt(moduleConfiguration(plan.configuration, parent), "module_calls");
  return referencesOf(objectAt(calls, last, "expressions")[name], parent, plan, depth + 1);
}

function ofOutput(
  reference: string,
  child: string,
  output: string,
  module: string,
  plan: TerraformPlan,
  depth: number,
): readonly ResourceReference[] {
  if (output === "") return [];
  const [instance = `module.${child}`] = /^module\.[^.[]+(?:\[[^\]]*\])?/.exec(reference) ?? [];
  const address = module === "" ? instance : `${module}.${instance}`;
  const outputs: JsonObject = objectAt(moduleConfiguration(plan.configuration, address), "outputs");
  return referencesOf(objectAt(outputs, output)["expression"], address, plan, depth + 1);
}

function ofResource(
  reference: string,
  module: string,
  plan: TerraformPlan,
): readonly ResourceReference[] {
  const isData = reference.startsWith("data.");
  const [, type, name, index = "", attribute = ""] =
    /^(?:data\.)?([^.]+)\.([^.[]+)(\[[^\]]*\])?(?:\.([^.[]+))?/.exec(reference) ?? [];
  const instances = plan.resources.filter(
    (each) =>
      each.isData === isData &&
      each.type === type &&
      each.name === name &&
      isSameModule(each.module, module),
  );
  const found =
    instances.find(({ address }) => address.endsWith(`.${name}${index}`)) ?? instances[0];
  return found === undefined ? [] : [{ resource: found, attribute }];
}

/** Of a module that is called several times, its own instance; else any. */
function isSameModule(left: string, right: string): boolean {
  return left === right || moduleNames(left).join(".") === moduleNames(right).join(".");
}

/** Indexes may hold dots. */
function partsOf(reference: string): readonly string[] {
  return reference.replaceAll(/\[[^\]]*\]/g, "").split(".");
}
