import { CloudAssemblyError } from "../cloud-assembly-error.ts";
import { isJsonObject } from "../value/json.ts";
import { quoteValue, scalarText } from "../value/template-value.ts";
import { isKnown } from "../value/unknown.ts";
import { listArguments } from "./intrinsic-functions.ts";
import type { ConditionValue, TemplateScope } from "./template-scope.ts";

/**
 * Evaluates the expression of a condition.
 *
 * @throws {CloudAssemblyError} when it is of an unknown form.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export function evaluateCondition(
  expression: unknown,
  path: string,
  scope: TemplateScope,
): ConditionValue {
  const [[name, argument] = [], ...others] = isJsonObject(expression)
    ? Object.entries(expression)
    : [];
  const at = `${path}.${name}`;
  const parts = (least: number, most?: number): readonly ConditionValue[] =>
    listArguments(argument, at, least, most).map((part, index) =>
      evaluateCondition(part, `${at}[${index}]`, scope),
    );
  switch (others.length === 0 ? name : undefined) {
    case "Condition":
      return scope.condition(scalarText(argument) ?? "", at);
    case "Fn::And":
      return decidedBy(false, parts(2, 10));
    case "Fn::Or":
      return decidedBy(true, parts(2, 10));
    case "Fn::Not": {
      const [holds = false] = parts(1);
      return typeof holds === "boolean" ? !holds : holds;
    }
    case "Fn::Equals": {
      const [left = "", right = ""] = listArguments(argument, at, 2).map((side, index) =>
        comparable(scope.evaluate(side, `${at}[${index}]`)),
      );
      if (left === right) return true;
      const undecidedBy = [left, right].find((text) => !isKnown(text));
      return undecidedBy === undefined ? false : { undecidedBy };
    }
    default:
      throw new CloudAssemblyError(
        `${path} must be a condition (Fn::And, Fn::Equals, Fn::Not, Fn::Or or Condition): got ${quoteValue(expression)}.`,
      );
  }
}

/** One part with the deciding value decides, whatever the others are. */
function decidedBy(deciding: boolean, parts: readonly ConditionValue[]): ConditionValue {
  if (parts.includes(deciding)) return deciding;
  return parts.find((part) => typeof part === "object") ?? !deciding;
}

/** Scalars compare as text: `true` equals `"true"`. */
function comparable(value: unknown): string {
  return scalarText(value) ?? JSON.stringify(value) ?? "";
}
