import type {
  CompiledAnswer,
  CompiledRule,
  CompiledSecretRedirect,
} from "./compiled-secret-redirect.ts";
import { resolveRules } from "./compile/resolve-rules.ts";
import { ruleTables } from "./compile/rule-tables.ts";
import type { RedirectTarget } from "./compile/redirect-target.ts";
import type { ResolvedRule } from "./compile/resolve-rule.ts";
import type { SecretRedirectOptions } from "./secret-redirect-options.ts";

/**
 * Returns the options in the form that `createSecretRedirect` takes.
 *
 * @throws {SecretRedirectOptionsError} when an option is unknown, absent, of the wrong type or not valid.
 */
export function compileSecretRedirect(options: SecretRedirectOptions): CompiledSecretRedirect {
  const resolved = resolveRules(options);
  const answers = new Map<string, CompiledAnswer>();
  const rules = resolved.map((rule) => compiledRule(rule, answers));
  const { logSampleRate = 0 } = options;
  const { paths, tree } = ruleTables(resolved);
  return {
    rules,
    answers: [...answers.values()],
    paths,
    ...(tree && { tree }),
    ...(logSampleRate > 0 && { logSampleRate }),
  };
}

function compiledRule(
  { rule, target, conditions, answer, query }: ResolvedRule,
  answers: Map<string, CompiledAnswer>,
): CompiledRule {
  const key = `${answer.status} ${answer.cacheControl}`;
  if (!answers.has(key)) answers.set(key, answer);
  const until = conditions.find((condition) => condition.in === "time")?.until;
  return {
    from: rule.from,
    ...(rule.source !== undefined && { source: rule.source }),
    answer: [...answers.keys()].indexOf(key),
    ...(conditions.length > 0 && { when: conditions }),
    ...location(target, query !== undefined),
    ...(query && { query }),
    ...(until !== undefined && { until }),
  };
}

/** One text where nothing of the request is in it, nor between it and its fragment. */
function location(
  { to, fragment }: RedirectTarget,
  isQueryPassed: boolean,
): Pick<CompiledRule, "to" | "fragment"> {
  if (typeof to === "string" && typeof fragment === "string" && !isQueryPassed) {
    return { to: to + fragment };
  }
  return { to, ...(fragment && { fragment }) };
}
