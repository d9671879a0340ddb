import { edgeFunctions } from "../app/edge-functions.ts";
import type { EvaluatedAssembly, TemplateResource } from "cloud-assembly";
import { handlerCode, type HandlerCode } from "../code/handler-code.ts";
import { listOf } from "../code/syntax.ts";
import type { RuleHit } from "./rule-hit.ts";

/** Finds functions that Lambda could not start: each request would get 503 (LE-C-19). */
export function checkHandlers(app: EvaluatedAssembly): readonly RuleHit[] {
  const lambdas = new Set(edgeFunctions(app).flatMap(({ function: { lambda } }) => lambda ?? []));
  return [...lambdas].flatMap((lambda) => {
    const code = handlerCode(lambda);
    return code === undefined ? [] : (missing(lambda, code) ?? callback(lambda, code));
  });
}

function missing(
  lambda: TemplateResource,
  { module, handler: found }: HandlerCode,
): readonly RuleHit[] | undefined {
  const { handler, exportName, fileName, candidates, text } = module;
  const subject = `Handler of ${lambda.logicalId}`;
  const got = `got ${JSON.stringify(handler)}`;
  if (fileName === undefined) {
    return [
      hit(
        lambda,
        `${subject} is in no file of its code: ${got}, looked for ${candidates.join(", ")}.`,
        "Name a file of the artefact and a function that it exports, as in index.handler.",
      ),
    ];
  }
  if (fileName.endsWith(".py")) {
    if (
      new RegExp(
        `^(?:async )?def ${exportName}\\b|^${exportName}\\s*=|import .*\\b${exportName}\\b`,
        "m",
      ).test(text)
    )
      return undefined;
    return [
      hit(
        lambda,
        `${subject} is not defined in ${fileName}: ${got}.`,
        `Define ${exportName}(event, context) there.`,
      ),
    ];
  }
  if (found?.kind !== "absent") return undefined;
  const exported = found.exports.length === 0 ? "nothing" : found.exports.join(", ");
  return [
    hit(
      lambda,
      `${subject} is not exported by ${fileName}: ${got}, the file exports ${exported}.`,
      `Export a function ${exportName}.`,
    ),
  ];
}

// https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html#nodejs-handler-callback
const firstMajorWithoutCallbacks = 24;

function callback(lambda: TemplateResource, { handler: found }: HandlerCode): readonly RuleHit[] {
  const runtime = lambda.knownText("Runtime") ?? "";
  const major = Number(/^nodejs(\d+)/.exec(runtime)?.[1] ?? 0);
  if (major < firstMajorWithoutCallbacks || found?.kind !== "function") return [];
  // Lambda counts as `Function.length` does.
  const parameters = listOf(found.node["params"]);
  const firstOptional = parameters.findIndex(({ type }) =>
    ["AssignmentPattern", "RestElement"].includes(type),
  );
  if (parameters.slice(0, firstOptional === -1 ? undefined : firstOptional).length < 3) return [];
  return [
    hit(
      lambda,
      `Handler of ${lambda.logicalId} takes a callback, which ${runtime} does not have: got ${parameters.length} parameters.`,
      "Make it async and return the result, or use nodejs22.x.",
    ),
  ];
}

function hit(resource: TemplateResource, message: string, remedy: string): RuleHit {
  return {
    ruleId: "LE-C-19",
    severity: "error",
    message,
    remedy,
    resource,
    property: "Properties.Handler",
  };
}
