import type { AnyNode } from "acorn";
import type { SyntaxFinding } from "./syntax-finding.ts";
import type { SyntaxScope } from "./syntax-rules.ts";
import { nextTokenAt, unexpectedToken, unsupportedToken } from "./token-text.ts";

const runtime2 = "Set the runtime cloudfront-js-2.0";

/** Returns what only cloudfront-js-1.0 refuses in a node itself (FN-I-46). */
export function refusalsOfRuntime1(node: AnyNode, { code }: SyntaxScope): readonly SyntaxFinding[] {
  const finding = (text: string, offset: number, remedy: string): SyntaxFinding[] => [
    { text, offset, remedy, factId: "FN-I-46" },
  ];
  switch (node.type) {
    case "VariableDeclaration":
      return node.kind === "var"
        ? []
        : finding(unsupportedToken(code, node.start), node.start, `${runtime2}, or write var.`);
    case "FunctionDeclaration":
    case "FunctionExpression":
    case "ArrowFunctionExpression": {
      if (!node.async || !code.startsWith("async", node.start)) return [];
      const next = nextTokenAt(code, node.start + "async".length);
      const stop = code[next] === "(" ? code.indexOf("=>", next) : next;
      return finding(unexpectedToken(code, stop), stop, `${runtime2}: it has async functions.`);
    }
    case "Literal": {
      if (typeof node.value !== "number") return [];
      const underscore = code.slice(node.start, node.end).indexOf("_");
      if (underscore === -1) return [];
      const stop = node.start + underscore;
      return finding(unexpectedToken(code, stop), stop, `${runtime2}, or leave the _ out.`);
    }
    default:
      return [];
  }
}
