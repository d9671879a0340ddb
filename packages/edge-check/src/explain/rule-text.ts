import { ruleCatalogue } from "../rules/rule-catalogue.ts";
import { explainRule } from "./explain-rule.ts";
import type { RuleExample } from "./rule-page.ts";

/** Writes a rule's explanation for a terminal. */
export function ruleText(id: string): string {
  const rule = explainRule(id);
  return [
    `${rule.id} (${rule.severity}): ${rule.refuses}`,
    rule.why,
    `CloudFront (${rule.confidence}): ${rule.fact}`,
    exampleText("Refused", rule.refused),
    exampleText("Passes", rule.passes),
    `Remedy: ${rule.remedy}`,
    ["Source:", ...rule.sources.map(({ title, url }) => `  ${title}: ${url}`)].join("\n"),
  ].join("\n\n");
}

function exampleText(heading: string, { title, code }: RuleExample): string {
  return [
    `${heading}, ${title}:`,
    "",
    ...code.split("\n").map((line) => `    ${line}`.trimEnd()),
  ].join("\n");
}

/** Lists all rules, one a line, in the order of their ids. */
export function ruleList(): string {
  return Object.entries(ruleCatalogue)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([id, { severity, refuses }]) => `${id}  ${severity.padEnd(14)}  ${refuses}`)
    .join("\n");
}
