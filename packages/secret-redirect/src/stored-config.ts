import type { KeyValueConfig, KeyValueLimits } from "cf-types";
import { exactRules, type PathRules, treeOfPath, treeOfSome } from "./compile/exact-rules.ts";
import type { CompiledResponse, CompiledSecretRedirect } from "./edge/compiled-secret-redirect.ts";
import type { RedirectRule, RedirectTable } from "./edge/decide.ts";
import type { StoredRedirects, StoredSecretRedirect } from "./edge/stored-secret-redirect.ts";
import { inlineConfig } from "./inline-config.ts";

/**
 * Returns compiled options for a CloudFront Function that has a key value store. The rules for single paths go to the
 * store, by path. Patterns stay in the code, and with them the paths whose rules are beyond the limits.
 */
export function storedConfig(
  compiled: CompiledSecretRedirect,
  { keyBytes, valueBytes }: KeyValueLimits,
): KeyValueConfig<StoredSecretRedirect> {
  const { table, logSampleRate } = inlineConfig(compiled);
  const all = { ...table(), logSampleRate };
  const { rules, tree } = all;
  const fitting = exactRules(tree).filter(
    (path) =>
      Buffer.byteLength(path.path) <= keyBytes &&
      // No more rules come before it in the code than in the options.
      Buffer.byteLength(storedValue(all, path, [...rules.keys()])) <= valueBytes,
  );
  const inStore = new Set(fitting.flatMap(indexesOf));
  const inCode = [...rules.keys()].filter((index) => !inStore.has(index));
  let before = 0;
  const after = rules.map((_, index) => (inStore.has(index) ? before : before++));
  return {
    config: {
      ...tableOf(all, inCode),
      tree: treeOfSome(tree, new Map(inCode.map((index, position) => [index, position]))),
      logSampleRate,
    },
    keyValues: fitting.map((path) => ({ key: path.path, value: storedValue(all, path, after) })),
  };
}

/** @param after By the index of a rule, how many of those in the code come before it. */
function storedValue(all: StoredSecretRedirect, path: PathRules, after: readonly number[]): string {
  const indexes = indexesOf(path);
  const stored: StoredRedirects = {
    ...tableOf(all, indexes),
    tree: treeOfPath(path, indexes),
    after: indexes.map((index) => after[index] ?? 0),
  };
  return JSON.stringify(stored);
}

/** Some of the rules, with the responses that they have. */
function tableOf(
  { rules, responses, logSampleRate }: StoredSecretRedirect,
  indexes: readonly number[],
): Omit<RedirectTable, "tree"> & { readonly indexes?: readonly number[] } {
  const some = indexes.map((index) => rules[index] as RedirectRule);
  const used = [...new Set(some.map(({ response }) => response))];
  return {
    rules: some.map((rule) => ({ ...rule, response: used.indexOf(rule.response) })),
    responses: used.map((index) => responses[index] as CompiledResponse),
    ...(logSampleRate > 0 && { indexes }),
  };
}

function indexesOf({ end, slash }: PathRules): readonly number[] {
  return [...new Set([...end, ...slash])].sort((one, other) => one - other);
}
