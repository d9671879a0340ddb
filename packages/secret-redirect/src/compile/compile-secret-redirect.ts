import type {
  CompiledResponse,
  CompiledRule,
  CompiledSecretRedirect,
} from "../edge/compiled-secret-redirect.ts";
import { candidatePaths } from "./candidate-paths.ts";
import { resolveRules } from "./resolve-rules.ts";
import { ruleTree } from "./rule-tree.ts";
import type { RedirectTarget } from "./redirect-target.ts";
import type { ResolvedRule } from "./resolve-rule.ts";
import type { SecretRedirectOptions } from "./secret-redirect-options.ts";

/**
 * Returns the options in the form that `createSecretRedirect` takes.
 *
 * @throws {SecretRedirectOptionsError} when an option is unknown, absent, of the wrong type or not valid.
 */
export function compileSecretRedirect(options: SecretRedirectOptions): CompiledSecretRedirect {
  const compiled = compileRules(resolveRules(options));
  const { logSampleRate = 0 } = options;
  return {
    ...compiled,
    ...(logSampleRate > 0 && { logSampleRate }),
  };
}

/**
 * Returns resolved rules in the form that `createSecretRedirect` takes.
 *
 * @throws {SecretRedirectOptionsError} `TOO_MUCH_OVERLAP`.
 */
export function compileRules(resolved: readonly ResolvedRule[]): CompiledSecretRedirect {
  const responses = new Map<string, CompiledResponse>();
  const rules = resolved.map((rule) => compiledRule(rule, responses));
  const tree = ruleTree(resolved);
  return { rules, responses: [...responses.values()], tree, candidates: candidatePaths(tree) };
}

function compiledRule(
  { rule, target, conditions, response, query }: ResolvedRule,
  responses: Map<string, CompiledResponse>,
): CompiledRule {
  const key = `${response.status} ${response.cacheControl}`;
  if (!responses.has(key)) responses.set(key, response);
  const until = conditions.find((condition) => condition.in === "time")?.until;
  return {
    from: rule.from,
    ...(rule.source !== undefined && { source: rule.source }),
    response: [...responses.keys()].indexOf(key),
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
