import type {
  CompiledAnswer,
  CompiledRule,
  CompiledSecretRedirect,
  EndingTable,
} from "./compiled-secret-redirect.ts";
import { resolveRules } from "./compile/resolve-rules.ts";
import { ruleTables } from "./compile/rule-tables.ts";
import type { RedirectTarget } from "./compile/redirect-target.ts";
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
    parts: needsPart ? ["rule-redirects"] : ["path-spellings"],
    ...(endings !== undefined && { endings }),
  };
}

/** Nothing of the request decides but its path, and nothing of it is in the location. */
function isWrittenOut({ when, until, to, fragment = "", query }: CompiledRule): boolean {
  const isText = typeof to === "string" && typeof fragment === "string";
  return isText && when === undefined && until === undefined && query === undefined;
}

/** A slash and a dot segment may stand behind any path; what is percent-encoded has many spellings. */
function pathEndings(paths: readonly string[]): EndingTable | undefined {
  if (paths.some((path) => path === "/" || /%...?\/?$/.test(path))) return undefined;
  const bare = paths.map((path) => path.replace(/\/$/, ""));
  const last = new Set(["/", ".", ...bare.map((path) => path.slice(-1))]);
  // Before a slash stands whatever a path can end with, an escape too.
  const before = new Set([...last, ...hexDigits, ...bare.map((path) => path.slice(-2, -1))]);
  return Array.from({ length: 128 }, (_, code) => {
    const character = String.fromCharCode(code);
    return ((last.has(character) ? 0 : 1) + (before.has(character) ? 0 : 2)) as EndingTable[number];
  });
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
