import { LocalCloudFrontError } from "../local-cloudfront-error.ts";
import { listArguments } from "./arguments.ts";
import type { TemplateScope } from "./template-scope.ts";
import { isMapping, quoteValue, scalarText } from "./template-value.ts";

/** The functions that stand in `Conditions` only. */
export const conditionFunctions: readonly string[] = ["Fn::And", "Fn::Equals", "Fn::Not", "Fn::Or"];

/**
 * Evaluates the expression of a condition.
 *
 * @throws {LocalCloudFrontError} when it is of an unknown form.
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/intrinsic-function-reference-conditions.html
 */
export function evaluateCondition(
  expression: unknown,
  path: string,
  scope: TemplateScope,
): boolean {
  const [name, ...others] = isMapping(expression) ? Object.keys(expression) : [];
  if (!isMapping(expression) || name === undefined || others.length > 0) {
    throw unknownExpression(expression, path);
  }
  const argument = expression[name];
  const at = `${path}.${name}`;
  const holds = (part: unknown, index: number): boolean =>
    evaluateCondition(part, `${at}[${index}]`, scope);
  switch (name) {
    case "Condition":
      return scope.condition(scalarText(argument) ?? "", at);
    case "Fn::And":
      return listArguments(argument, at, 2, 10).every(holds);
    case "Fn::Or":
      return listArguments(argument, at, 2, 10).some(holds);
    case "Fn::Not":
      return !listArguments(argument, at, 1).every(holds);
    case "Fn::Equals": {
      const [left, right] = listArguments(argument, at, 2).map((side, index) =>
        comparable(scope.evaluate(side, `${at}[${index}]`)),
      );
      return left === right;
    }
    default:
      throw unknownExpression(expression, path);
  }
}

/** Scalars compare as text: `true` equals `"true"`. */
function comparable(value: unknown): string {
  return scalarText(value) ?? JSON.stringify(value) ?? "";
}

function unknownExpression(expression: unknown, path: string): LocalCloudFrontError {
  return new LocalCloudFrontError(
    `${path} must be a condition (${conditionFunctions.join(", ")} or Condition): got ${quoteValue(expression)}.`,
  );
}
