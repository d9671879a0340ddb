import { isJsonObject } from "../json-object.ts";
import { evaluate, type TemplateScope } from "./evaluate.ts";
import { isKnown } from "./mark.ts";

/** Says whether a condition is met; undefined where only the deployment knows. */
export function evaluateCondition(condition: unknown, scope: TemplateScope): boolean | undefined {
  if (!isJsonObject(condition)) return undefined;
  const [name, argument] = Object.entries(condition)[0] ?? [];
  const parts = Array.isArray(argument) ? argument : [argument];
  switch (name) {
    case "Condition":
      return scope.condition(String(argument));
    case "Fn::Equals":
      return isEqual(parts, scope);
    case "Fn::Not": {
      const isMet = evaluateCondition(parts[0], scope);
      return isMet === undefined ? undefined : !isMet;
    }
    case "Fn::And":
      return decided(parts, scope, false);
    case "Fn::Or":
      return decided(parts, scope, true);
    default:
      return undefined;
  }
}

function isEqual(parts: readonly unknown[], scope: TemplateScope): boolean | undefined {
  const [left = "", right = ""] = parts.map((part) => String(evaluate(part, scope)));
  return isKnown(left) && isKnown(right) ? left === right : undefined;
}

/** One part with the deciding value decides, whatever the others are. */
function decided(
  parts: readonly unknown[],
  scope: TemplateScope,
  deciding: boolean,
): boolean | undefined {
  const results = parts.map((part) => evaluateCondition(part, scope));
  if (results.includes(deciding)) return deciding;
  return results.includes(undefined) ? undefined : !deciding;
}
