import type { EvaluatedAssembly } from "cloud-assembly";
import { isNode, nameOf, nodesIn, parseScript, type SyntaxNode } from "../code/syntax.ts";
import type { CodeProblem } from "./code-problems.ts";
import type { RuleHit } from "./rule-hit.ts";

// FN-I-15; https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
const mostBytes = 10_240;

/** Finds CloudFront Functions that CloudFront would refuse, or that could not run. */
export function checkCloudFrontFunctions(app: EvaluatedAssembly): readonly RuleHit[] {
  return app.resourcesOfType("AWS::CloudFront::Function").flatMap((resource) => {
    const text = resource.knownText("FunctionCode");
    if (text === undefined) return [];
    const program = parseScript(text);
    const problems = [...size(text), ...(program === undefined ? [] : codeProblems(program))];
    return problems.map(({ ruleId, severity = "error", problem, remedy }) => ({
      ruleId,
      severity,
      remedy,
      message: `${resource.logicalId} ${problem}.`,
      resource,
      property: "Properties.FunctionCode",
    }));
  });
}

function size(text: string): readonly CodeProblem[] {
  const bytes = Buffer.byteLength(text);
  if (bytes <= mostBytes) return [];
  return [
    {
      ruleId: "FN-I-15",
      problem: `is larger than the ${mostBytes} bytes that a CloudFront Function may have: got ${bytes}`,
      remedy: "Minify it, keep data in a key value store, or use Lambda@Edge.",
    },
  ];
}

function codeProblems(program: SyntaxNode): readonly CodeProblem[] {
  const nodes = [...nodesIn(program)];
  const problems: CodeProblem[] = [];
  if (!nodes.some((node) => isFunctionNamed(node, "handler"))) {
    problems.push({
      ruleId: "FN-I-17",
      problem: "defines no function handler, which CloudFront calls",
      remedy: "Write function handler(event) { … } at the top level.",
    });
  }
  problems.push(...nodes.flatMap(unavailable), ...nodes.flatMap(upperCaseHeader));
  if (nodes.some(logsSeveral)) {
    problems.push({
      ruleId: "FN-I-19",
      severity: "info",
      problem: "logs several values at once, of which CloudFront writes the first",
      remedy: "Join them into one text.",
    });
  }
  return problems;
}

function isFunctionNamed(node: SyntaxNode, name: string): boolean {
  return (
    ["FunctionDeclaration", "VariableDeclarator"].includes(node.type) && nameOf(node["id"]) === name
  );
}

const lacking = ["eval", "fetch", "setTimeout", "setInterval", "XMLHttpRequest"];
const modules = ["cloudfront", "crypto", "querystring", "buffer"];

function unavailable(node: SyntaxNode): readonly CodeProblem[] {
  if (node.type !== "CallExpression" && node.type !== "NewExpression") return [];
  const { callee, arguments: args } = node;
  if (!isNode(callee, "Identifier")) return [];
  const name = nameOf(callee) ?? "";
  const [module] = Array.isArray(args) ? args.map(nameOf) : [];
  const isForeign = name === "require" && module !== undefined && !modules.includes(module);
  if (!lacking.includes(name) && !isForeign) return [];
  return [
    {
      ruleId: "FN-I-19",
      problem: `uses what the runtime of CloudFront Functions lacks: got ${isForeign ? `require(${JSON.stringify(module)})` : name}`,
      remedy: "Do without it, or use Lambda@Edge.",
    },
  ];
}

/** FN-I-07: names are lower-case in and out. */
function upperCaseHeader({ type, left }: SyntaxNode): readonly CodeProblem[] {
  if (type !== "AssignmentExpression" || !isNode(left, "MemberExpression")) return [];
  const name = nameOf(left) ?? "";
  if (nameOf(left["object"]) !== "headers" || name === name.toLowerCase()) return [];
  return [
    {
      ruleId: "FN-I-07",
      problem: `sets a header whose name is not lower-case: got ${JSON.stringify(name)}`,
      remedy: `Write ${JSON.stringify(name.toLowerCase())}.`,
    },
  ];
}

function logsSeveral({ type, callee, arguments: args }: SyntaxNode): boolean {
  return (
    type === "CallExpression" &&
    isNode(callee, "MemberExpression") &&
    nameOf(callee["object"]) === "console" &&
    Array.isArray(args) &&
    args.length > 1
  );
}
