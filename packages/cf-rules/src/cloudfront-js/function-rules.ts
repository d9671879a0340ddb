import type { Function as FunctionNode, Pattern } from "acorn";
import { destructuring, isPattern } from "./patterns.ts";
import { unexpected, unsupported } from "./syntax-finding.ts";
import type { SyntaxFinding } from "./syntax-finding.ts";
import { nextTokenAt } from "./token-text.ts";

const noGenerator = "Write a plain function that returns an array: there are no generators.";
const noDefault = "Set the default inside the function: if (a === undefined) { a = 1; }.";

/** Returns what the runtime refuses in a function that is no arrow function. */
export function refuseFunction(node: FunctionNode, code: string): readonly SyntaxFinding[] {
  return [
    ...refuseGenerator(node, code),
    ...node.params.flatMap((parameter) => refuseParameter(parameter, code)),
  ];
}

/** Returns what the runtime refuses in an arrow function: it reads the parameters as an expression first. */
export function refuseArrowFunction(
  { params }: FunctionNode,
  code: string,
): readonly SyntaxFinding[] {
  const wrong = params.find((param) => param.type === "AssignmentPattern" || isPattern(param));
  const last = params.at(-1);
  if (wrong === undefined || last === undefined) return [];
  const remedy = wrong.type === "AssignmentPattern" ? noDefault : destructuring;
  return [unexpected(code, code.indexOf("=>", last.end), remedy)];
}

function refuseGenerator(node: FunctionNode, code: string): readonly SyntaxFinding[] {
  // Of a method, the asterisk stands before the function: its property's rule refuses it.
  if (!node.generator || !/^(?:async|function)\b/.test(code.slice(node.start, node.start + 9))) {
    return [];
  }
  const star = code.indexOf("*", node.start);
  return node.type === "FunctionExpression" && !node.async
    ? [unsupported(code, star, noGenerator)]
    : [unexpected(code, star, noGenerator)];
}

function refuseParameter(parameter: Pattern, code: string): readonly SyntaxFinding[] {
  if (parameter.type === "AssignmentPattern") {
    const { left } = parameter;
    return [
      ...refuseParameter(left, code),
      unexpected(code, nextTokenAt(code, left.end), noDefault),
    ];
  }
  if (parameter.type === "RestElement") {
    const { argument } = parameter;
    return isPattern(argument) ? [unexpected(code, argument.start, destructuring)] : [];
  }
  return isPattern(parameter) ? [unsupported(code, parameter.start, destructuring, "FN-I-26")] : [];
}
