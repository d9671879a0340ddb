import { edgeFunctions, type EdgeFunctionUse } from "../app/edge-functions.ts";
import type { EvaluatedAssembly } from "cloud-assembly";
import type { EventUse } from "../code/event-use.ts";
import { handlerCode } from "../code/handler-code.ts";
import { isNode, listOf, nameOf, nodesIn, type SyntaxNode } from "../code/syntax.ts";
import { codeProblems, type CodeProblem } from "./code-problems.ts";
import { forwardsQueryString } from "./forwards-query-string.ts";
import type { RuleHit } from "./rule-hit.ts";

/** Finds what is written out in a function's code and would fail at the edge. */
export function checkCode(app: EvaluatedAssembly): readonly RuleHit[] {
  return edgeFunctions(app).flatMap((use) => {
    const { lambda } = use.function;
    const code = lambda && handlerCode(lambda);
    if (lambda === undefined || code?.use === undefined) return [];
    const problems = [
      // What it does only for another event type is right.
      ...(code.use.branchesByEvent ? [] : codeProblems(code.use, use.eventType)),
      ...requestProblems(app, use, code.use),
      ...(code.handler?.kind === "function" ? withoutResult(code.handler.node) : []),
    ];
    return problems.map(({ ruleId, severity = "error", problem, remedy }) => ({
      ruleId,
      severity,
      remedy,
      message: `${lambda.logicalId}, in ${code.module.fileName} on ${use.eventType}, ${problem}.`,
      resource: lambda,
      property: "Properties.Code",
    }));
  });
}

/** What a request event holds only if the distribution asks for it. */
function requestProblems(
  app: EvaluatedAssembly,
  { eventType, places }: EdgeFunctionUse,
  { read }: EventUse,
): readonly CodeProblem[] {
  const problems: CodeProblem[] = [];
  if (!eventType.endsWith("-request")) return [];
  if (read.includes("request.body") && places.some(({ includeBody }) => !includeBody)) {
    problems.push({
      ruleId: "LE-B-20",
      severity: "warning",
      problem: "reads request.body, which its event lacks: got IncludeBody false",
      remedy: "Set IncludeBody on the association.",
    });
  }
  const isBlind = places.some(({ behavior }) => !forwardsQueryString(app, behavior));
  if (eventType === "origin-request" && read.includes("request.querystring") && isBlind) {
    problems.push({
      ruleId: "LE-B-07",
      severity: "warning",
      problem:
        "reads request.querystring, which is empty unless all query strings go to the origin",
      remedy: "Forward all of them by the cache policy or the origin request policy.",
    });
  }
  const geo = read.map((path) => path.replace(/^request\.headers\./, "")).find(isAddedLater);
  if (eventType === "viewer-request" && geo !== undefined) {
    problems.push({
      ruleId: "LE-B-50",
      severity: "warning",
      problem: `reads a header that CloudFront adds after viewer-request: got ${JSON.stringify(geo)}`,
      remedy: "Read it at origin-request, and name it in a policy.",
    });
  }
  return problems;
}

/** LE-B-50 */
function isAddedLater(headerName: string): boolean {
  return /^cloudfront-(?:viewer|is)-[a-z-]+$/.test(headerName);
}

/** LE-B-54: a handler that gives back nothing is a 502. */
function withoutResult({ body, params }: SyntaxNode): readonly CodeProblem[] {
  const takesCallback = listOf(params).length > 2;
  if (takesCallback || !isNode(body, "BlockStatement") || answersOtherwise(body)) return [];
  const nodes = [...nodesIn(body, true)];
  const returns = nodes.filter(({ type }) => type === "ReturnStatement");
  const isEmpty = returns.some(({ argument }) => argument === null);
  const endsByThrow = nodes.some(({ type }) => type === "ThrowStatement");
  if (!isEmpty && (returns.length > 0 || endsByThrow)) return [];
  return [
    {
      ruleId: "LE-B-54",
      problem: isEmpty ? "returns nothing in one of its branches" : "returns nothing",
      remedy: "Return the request or the response in each branch.",
    },
  ];
}

/** `context.succeed(request)`, `arguments[2](null, request)`. */
function answersOtherwise(body: SyntaxNode): boolean {
  return [...nodesIn(body)].some(
    (node) =>
      (node.type === "MemberExpression" &&
        ["succeed", "done"].includes(nameOf(node) ?? "") &&
        nameOf(node["object"]) === "context") ||
      (node.type === "Identifier" && nameOf(node) === "arguments"),
  );
}
