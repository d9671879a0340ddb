import type {
  CharacterTable,
  CompiledAnswer,
  CompiledRule,
  CompiledSecretRedirect,
} from "./compiled-secret-redirect.ts";
import { resolveRules } from "./compile/resolve-rules.ts";
import { ruleTables } from "./compile/rule-tables.ts";
import type { ResolvedRule } from "./compile/resolve-rule.ts";
import type { SecretRedirectOptions } from "./secret-redirect-options.ts";

const hexDigits = "0123456789ABCDEFabcdef";

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
  const needsPart = logSampleRate > 0 || tree !== undefined || !rules.every(isWrittenOut);
  const endings = needsPart ? undefined : pathEndings(Object.keys(paths));
  return {
    rules,
    answers: [...answers.values()],
    paths,
    ...(tree && { tree }),
    ...(logSampleRate > 0 && { logSampleRate }),
    ...(needsPart && { parts: ["rule-redirects"] }),
    ...(endings !== undefined && { endings }),
  };
}

/** Nothing of the request decides but its path, and nothing of it is in the location. */
function isWrittenOut({ when, until, to, fragment = "", query }: CompiledRule): boolean {
  const isText = typeof to === "string" && typeof fragment === "string";
  return isText && when === undefined && until === undefined && query === undefined;
}

/** A slash and a dot segment may stand behind any path; what is percent-encoded has many spellings. */
function pathEndings(paths: readonly string[]): CompiledSecretRedirect["endings"] {
  if (paths.some((path) => path === "/" || /%...?\/?$/.test(path))) return undefined;
  const bare = paths.map((path) => path.replace(/\/$/, ""));
  const last = ["/", ".", ...bare.map((path) => path.slice(-1))];
  // Before a slash stands whatever a path can end with, an escape too.
  const before = [...last, ...hexDigits, ...bare.map((path) => path.slice(-2, -1))];
  return [characterTable(last), characterTable(before)];
}

function characterTable(characters: readonly string[]): CharacterTable {
  const possible = new Set(characters);
  return Array.from({ length: 128 }, (_, code) =>
    possible.has(String.fromCharCode(code)) ? 1 : 0,
  );
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
    to: target.to,
    ...(target.fragment && { fragment: target.fragment }),
    ...(query && { query }),
    ...(until !== undefined && { until }),
  };
}
