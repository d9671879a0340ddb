import { findFact, withEventNames } from "cf-rules/facts";
import { likeliest } from "option-checks";
import { EdgeCheckError } from "../edge-check-error.ts";
import { ruleCatalogue, type RuleDescription } from "../rules/rule-catalogue.ts";
import { readRulePage, type RulePage } from "./rule-page.ts";

/** A rule with everything that there is to know of it. */
export interface RuleExplanation extends RuleDescription, RulePage {
  /** As in `LE-C-04`. */
  readonly id: string;
  /** What CloudFront does, in a sentence or several. */
  readonly fact: string;
  /** How sure that is: stated by AWS, following from it, or seen in responses that others published. */
  readonly confidence: string;
}

/**
 * Explains a rule: what it refuses and why, an example that is refused and one that passes, the remedy, and
 * the pages of AWS that it follows.
 *
 * @param id as in `LE-C-04`; case does not count.
 * @throws {EdgeCheckError} when there is no such rule.
 */
export function explainRule(id: string): RuleExplanation {
  const known = id.toUpperCase();
  const description = ruleCatalogue[known];
  const fact = findFact(known);
  if (description === undefined || fact === undefined) {
    const meant = likeliest(known, Object.keys(ruleCatalogue));
    const remedy =
      meant === undefined ? "`edge-check explain` lists all rules." : `Did you mean ${meant}?`;
    throw new EdgeCheckError(`There is no such rule: got ${JSON.stringify(id)}. ${remedy}`);
  }
  const { confidence } = fact;
  return {
    id: known,
    ...description,
    fact: withEventNames(fact.fact),
    confidence,
    ...readRulePage(known),
  };
}
