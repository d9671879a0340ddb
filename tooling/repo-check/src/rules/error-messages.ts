import { parseSync } from "oxc-parser";
import type { Rule, Workspace } from "../workspace.ts";

const placeholder = "…";
const newError = /\bnew [A-Z]\w*Error\(/;
/** What the language throws is never shown to a user, and a RuntimeError says what Lambda says. */
const exempt = /^(?:Eval|Range|Reference|Runtime|Syntax|Type|URI)?Error$/;

/**
 * The message of an error is one or two sentences: it begins with its subject, ends with a full stop, a
 * question mark or a command to run, and neither blames nor begs.
 */
export const errorMessages: Rule = (workspace) =>
  workspace.packages.flatMap(({ folder, files }) =>
    files
      .filter((path) => /^(?:src|lib|bin)\/.*\.ts$/.test(path) && !/\.test(?:-d)?\.ts$/.test(path))
      .flatMap((path) => wrongMessages(`${folder}/${path}`, workspace)),
  );

function wrongMessages(path: string, { read }: Workspace): readonly string[] {
  const text = read(path);
  if (!newError.test(text)) return [];
  return messagesIn(path, text).flatMap((message) => {
    const wrong = complaint(message);
    return wrong === undefined
      ? []
      : [
          `${path} has an error message that ${wrong}: got ${JSON.stringify(message)}. Write: Subject, problem: got value. What is allowed, or the remedy.`,
        ];
  });
}

function complaint(message: string): string | undefined {
  if (/!|\b(?:please|sorry|oops|unfortunately)\b/i.test(message)) return "begs or shouts";
  if (/\b(?:can't|don't|isn't|doesn't|won't)\b/.test(message)) return "contracts its words";
  if (/^(?:error|failed|invalid|cannot|could not|unable)\b/i.test(message)) return "has no subject";
  if (!/[.?…]$|\bRun: .+$|: .+$/.test(message)) return "does not end as a sentence does";
  return undefined;
}

interface SyntaxNode {
  readonly type: string;
  readonly [field: string]: unknown;
}

function messagesIn(path: string, text: string): readonly string[] {
  const found: string[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(visit);
    if (!isNode(value)) return;
    if (value.type === "NewExpression") found.push(...messageOf(value));
    Object.values(value).forEach(visit);
  };
  visit(parseSync(path, text).program);
  return found;
}

/** The longest text among the arguments: the code, where there is one, is a short one. */
function messageOf({ callee, arguments: args }: SyntaxNode): readonly string[] {
  const name = isNode(callee) ? String(callee["name"]) : "";
  if (!/^[A-Z]\w*Error$/.test(name) || exempt.test(name)) return [];
  const texts = (Array.isArray(args) ? args : []).flatMap(textOf);
  const messages = texts.filter((each) => /[ …]/.test(each));
  return messages.slice(0, 1);
}

function textOf(value: unknown): readonly string[] {
  if (!isNode(value)) return [];
  if (value.type === "Literal" && typeof value["value"] === "string") return [value["value"]];
  if (value.type !== "TemplateLiteral") return [];
  const quasis = value["quasis"] as readonly { readonly value: { readonly cooked: string } }[];
  return [quasis.map(({ value: { cooked } }) => cooked).join(placeholder)];
}

function isNode(value: unknown): value is SyntaxNode {
  return typeof value === "object" && value !== null && "type" in value;
}
