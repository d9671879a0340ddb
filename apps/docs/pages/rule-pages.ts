import { ruleCatalogue, ruleMarkdown } from "edge-check";
import type { Page } from "./page.ts";
import { factPath } from "./paths.ts";

/** A page for each rule of edge-check. */
export function rulePages(): readonly Page[] {
  return Object.entries(ruleCatalogue).map(([id, { refuses }]) => ({
    path: `rules/${id}`,
    title: id,
    description: refuses,
    body: ruleMarkdown(id).replace(
      `The fact behind it, ${id} `,
      `The fact behind it, [${id}](${factPath(id)}) `,
    ),
  }));
}
