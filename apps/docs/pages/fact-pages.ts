import {
  cloudFrontFacts,
  type Fact,
  factSections,
  fidelityExceptions,
  withEventNames,
} from "cf-rules/facts";
import { ruleCatalogue } from "edge-check";
import { type Page, plain } from "./page.ts";
import { letterOf, rulePath } from "./paths.ts";

const states = {
  different: "done otherwise",
  "not-local": "not local",
  elsewhere: "held by another package",
  open: "not done yet",
} as const;

/** A page for each section of the facts about CloudFront, with their sources. */
export function factPages(): readonly Page[] {
  return Object.entries(factSections).map(([letter, title], index) => ({
    path: `facts/${letter.toLowerCase()}`,
    title,
    order: index,
    body: cloudFrontFacts
      .filter(({ id }) => letterOf(id) === letter)
      .map(factText)
      .join("\n\n"),
  }));
}

function factText({ id, confidence, fact, sources }: Fact): string {
  const exception = fidelityExceptions[id];
  return [
    `### ${id}`,
    plain(withEventNames(fact)),
    [
      `- **Confidence**: ${confidence}`,
      ...sources.map((source) => `- **Source**: <${source}>`),
      ...(exception === undefined
        ? []
        : [`- **In the local CloudFront**: ${states[exception.status]}. ${plain(exception.why)}`]),
      ...(ruleCatalogue[id] === undefined ? [] : [`- **Rule**: [${id}](${rulePath(id)})`]),
    ].join("\n"),
  ].join("\n\n");
}
