import { ruleCatalogue, type RuleDescription, ruleMarkdown } from "edge-check";
import type { Page } from "./page.ts";
import { factPath, rulePath } from "./paths.ts";

/** A page for each rule of edge-check, and one that lists them. */
export function rulePages(): readonly Page[] {
  const rules = Object.entries(ruleCatalogue).toSorted(([a], [b]) => (a < b ? -1 : 1));
  const rows = rules.map(
    ([id, { severity, refuses }]) => `| [${id}](${rulePath(id)}) | ${severity} | ${refuses} |`,
  );
  const list: Page = {
    path: "rules",
    title: "The rules of edge-check",
    label: "All rules",
    order: 0,
    body: ["| rule | severity | what it refuses |", "| --- | --- | --- |", ...rows].join("\n"),
  };
  return [list, ...rules.map(rulePage)];
}

function rulePage([id, { refuses }]: readonly [string, RuleDescription]): Page {
  return {
    path: `rules/${id}`,
    title: id,
    description: refuses,
    body: ruleMarkdown(id).replace(
      `The fact behind it, ${id} `,
      `The fact behind it, [${id}](${factPath(id)}) `,
    ),
  };
}
