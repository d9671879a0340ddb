import { edgeFunctions, type EdgeFunctionUse } from "../app/edge-functions.ts";
import type { EvaluatedAssembly } from "cloud-assembly";
import { functionCode } from "../app/function-code.ts";
import { eventUse, type EventUse } from "../code/event-use.ts";
import { exportedHandler } from "../code/exported-handler.ts";
import { handlerModule } from "../code/handler-module.ts";
import { isNode, nodesIn, type SyntaxNode } from "../code/syntax.ts";
import { codeProblems, type CodeProblem } from "./code-problems.ts";
import { forwardsQueryString } from "./forwards-query-string.ts";
import type { RuleHit } from "./rule-hit.ts";

/** Finds what is written out in a function's code and would fail at the edge on each request. */
export function checkCode(app: EvaluatedAssembly): readonly RuleHit[] {
  return edgeFunctions(app).flatMap((use) => {
    const { lambda } = use.function;
    const code = lambda && functionCode(lambda);
    const module = lambda && code && handlerModule(lambda, code);
    if (lambda === undefined || module?.program === undefined) return [];
    const { program, text, exportName } = module;
    const found = eventUse(program);
    const problems = [
      ...codeProblems(found, use.eventType),
      ...requestProblems(app, use, found, text),
      ...withoutResult(program, exportName),
    ];
    return problems.map(({ ruleId, severity = "error", problem, remedy }) => ({
      ruleId,
      severity,
      remedy,
      message: `${lambda.logicalId}, in ${module.fileName} on ${use.eventType}, ${problem}.`,
      resource: lambda,
      property: "Properties.Code",
    }));
  });
}

/** What a request event holds only if the distribution asks for it. */
function requestProblems(
  app: EvaluatedAssembly,
  { eventType, places }: EdgeFunctionUse,
  { readOfRequest }: EventUse,
  text: string,
): readonly CodeProblem[] {
  const problems: CodeProblem[] = [];
  if (!eventType.endsWith("-request")) return [];
  if (readOfRequest.includes("body") && places.some(({ includeBody }) => !includeBody)) {
    problems.push({
      ruleId: "LE-B-20",
      severity: "warning",
      problem: "reads request.body, which its event lacks: got IncludeBody false",
      remedy: "Set IncludeBody on the association.",
    });
  }
  const isBlind = places.some(({ behavior }) => !forwardsQueryString(app, behavior));
  if (eventType === "origin-request" && readOfRequest.includes("querystring") && isBlind) {
    problems.push({
      ruleId: "LE-B-07",
      severity: "warning",
      problem:
        "reads request.querystring, which is empty unless all query strings go to the origin",
      remedy: "Forward all of them by the cache policy or the origin request policy.",
    });
  }
  const [geo] = /cloudfront-(?:viewer|is)-[a-z-]+/i.exec(text) ?? [];
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

/** LE-B-54: a handler that gives back nothing is a 502. */
function withoutResult(program: SyntaxNode, exportName: string): readonly CodeProblem[] {
  const found = exportedHandler(program, exportName);
  if (found.kind !== "function") return [];
  const { body, params } = found.node;
  const takesCallback = Array.isArray(params) && params.length > 2;
  if (takesCallback || !isNode(body, "BlockStatement")) return [];
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
