import { type Fact, findFact, withEventNames } from "cf-rules/facts";
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
  if (description === undefined || fact === undefined) throw unknownRule(id, fact);
  const { confidence } = fact;
  return {
    id: known,
    ...description,
    fact: withEventNames(fact.fact),
    confidence,
    ...readRulePage(known),
  };
}

/** Messages and traces cite facts, of which not every one is a rule: its text is shown all the same. */
function unknownRule(id: string, fact: Fact | undefined): EdgeCheckError {
  const got = JSON.stringify(id);
  if (fact !== undefined) {
    return new EdgeCheckError(
      `No rule stands for this fact: got ${got}. ${withEventNames(fact.fact)} (${fact.confidence})`,
    );
  }
  const meant = likeliest(id.toUpperCase(), Object.keys(ruleCatalogue));
  const remedy =
    meant === undefined ? "`edge-check explain` lists all rules." : `Did you mean ${meant}?`;
  return new EdgeCheckError(`There is no such rule: got ${got}. ${remedy}`);
}
