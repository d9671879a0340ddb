import { pathPatternSources } from "protected-paths/synth";
import type { CompiledAuthRule, CompiledEdgeAuth } from "../edge/compiled-edge-auth.ts";
import { checks } from "../edge-auth-options-error.ts";
import { compileBasic } from "./compile-basic.ts";
import { compileToken } from "./compile-token.ts";
import type { AuthRule, EdgeAuthOptions } from "./edge-auth-options.ts";
import { onlyOneOf } from "./only-one-of.ts";

/**
 * Returns the options in the form that the handlers take. No password is in it.
 *
 * @throws {EdgeAuthOptionsError}
 */
export function compileEdgeAuth(options: EdgeAuthOptions): CompiledEdgeAuth {
  checks.refuseUnknownKeys("", options, ["publicPaths", "rules"]);
  const { publicPaths = [], rules } = options;
  if (!Array.isArray(rules) || rules.length === 0) {
    throw checks.mistake(
      "INVALID_TYPE",
      "rules",
      "is not a list of rules",
      rules,
      'Give one at least, as in [{ pathPatterns: ["/admin/*"], basic: { users: { … } } }].',
    );
  }
  const compiled = rules.map((rule: AuthRule, index) => compileRule(`rules[${index}]`, rule));
  const ownHeaders = compiled.flatMap(({ token }) =>
    (token?.claimHeaders ?? []).map(([header]) => header),
  );
  return {
    open: pathPatternSources("publicPaths", publicPaths, checks),
    rules: compiled,
    ownHeaders: [...new Set(ownHeaders)],
    ...(compiled.every(({ token }) => token === undefined) && { variant: "basic" }),
  };
}

function compileRule(name: string, rule: AuthRule): CompiledAuthRule {
  checks.refuseUnknownKeys(name, rule, ["pathPatterns", "basic", "token"]);
  const { pathPatterns = ["*"], basic, token } = rule;
  onlyOneOf(name, { basic, token });
  return {
    paths: pathPatternSources(`${name}.pathPatterns`, pathPatterns, checks),
    ...(basic !== undefined && { basic: compileBasic(`${name}.basic`, basic) }),
    ...(token !== undefined && { token: compileToken(`${name}.token`, token) }),
  };
}
