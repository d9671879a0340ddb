import { explainRule } from "./explain-rule.ts";
import type { RuleExample } from "./rule-page.ts";

/** Writes a rule's explanation in Markdown, without a heading of the first level. */
export function ruleMarkdown(id: string): string {
  const rule = explainRule(id);
  const sources = rule.sources.map(({ title, url }) => `- [${title}](${url})`);
  return [
    `**Refuses** ${rule.refuses} (${rule.severity}).`,
    rule.why,
    `## Refused\n\n${codeBlock(rule.refused)}`,
    `## Passes\n\n${codeBlock(rule.passes)}`,
    `## Remedy\n\n${rule.remedy}`,
    `## Source\n\n${sources.join("\n")}`,
    `The fact behind it, ${rule.id} (${rule.confidence}): ${rule.fact}`,
  ].join("\n\n");
}

function codeBlock({ language, title, code }: RuleExample): string {
  return `\`\`\`${language} title="${title}"\n${code}\n\`\`\``;
}
