import type { KeyValue, KeyValueConfig, KeyValueLimits } from "cf-types";
import { rulesByPath, treeAtPath } from "./compile/rules-by-path.ts";
import type { CompiledResponse, CompiledSecretRedirect } from "./edge/compiled-secret-redirect.ts";
import type { RedirectRule, RedirectTable } from "./edge/decide.ts";
import {
  patternKey,
  type StoredRedirects,
  type StoredSecretRedirect,
} from "./edge/stored-secret-redirect.ts";
import { inlineConfig } from "./inline-config.ts";

/** Rules that the store has under one key. */
interface StoredGroup {
  readonly key: string;
  /** What they begin with. */
  readonly path: string;
  readonly indexes: readonly number[];
  /** How many segments of text they begin with; undefined for rules of one path. */
  readonly depth: number | undefined;
}

/** A read for each depth would cost more than it saves. */
const maxDepths = 3;

/**
 * Returns compiled options for a CloudFront Function that has a key value store. The rules for single paths go to the
 * store, by path. Patterns stay in the code, or go to the store by the text that they begin with, and what is beyond
 * the limits of a key or a value stays in the code.
 */
export function storedConfig(
  compiled: CompiledSecretRedirect,
  { keyBytes, valueBytes, leavesLeast = false }: KeyValueLimits,
): KeyValueConfig<StoredSecretRedirect> {
  const { table, logSampleRate } = inlineConfig(compiled);
  const all = { ...table(), logSampleRate };
  const { rules, tree } = all;
  const { exact, patterns } = rulesByPath(tree);
  const pathGroups = exact.map(({ path, end, slash }) => ({
    key: path,
    path,
    indexes: [...new Set([...end, ...slash])].sort((one, other) => one - other),
    depth: undefined,
  }));
  const patternGroups = leavesLeast ? groupsOf(patterns) : [];
  // No place is larger than the rule's index.
  const longest = rules.map((_, index) => index + 0.5);
  const groups: readonly StoredGroup[] = [...pathGroups, ...patternGroups].filter(
    (group) =>
      Buffer.byteLength(group.key) <= keyBytes &&
      Buffer.byteLength(storedValue(all, group, longest)) <= valueBytes,
  );
  const inStore = new Set(groups.flatMap(({ indexes }) => indexes));
  const exactInStore = new Set(
    groups.flatMap(({ indexes, depth }) => (depth === undefined ? indexes : [])),
  );
  const inCode = [...rules.keys()].filter((index) => !inStore.has(index));
  let count = 0;
  const places = rules.map((_, index) => (exactInStore.has(index) ? count - 0.5 : count++));
  const depths = [...new Set(groups.flatMap(({ depth }) => depth ?? []))].sort();
  return {
    config: {
      ...tableOf(all, inCode, "/"),
      logSampleRate,
      ...(depths.length > 0 && { depths, places: inCode.map((index) => places[index] ?? 0) }),
    },
    reads: 1 + depths.length,
    keyValues: groups.map((group): KeyValue => ({
      key: group.key,
      value: storedValue(all, group, places),
    })),
  };
}

/** Groups of the depths that have most rules. */
function groupsOf(patterns: ReadonlyMap<string, readonly number[]>): readonly StoredGroup[] {
  const groups = [...patterns]
    .filter(([path]) => path !== "/")
    .map(([path, indexes]) => ({
      key: patternKey(path),
      path,
      indexes,
      depth: path.split("/").length - 1,
    }));
  const counts = new Map<number, number>();
  for (const { depth, indexes } of groups) {
    counts.set(depth, (counts.get(depth) ?? 0) + indexes.length);
  }
  const depths = [...counts]
    .sort(([, one], [, other]) => other - one)
    .slice(0, maxDepths)
    .map(([depth]) => depth);
  return groups.filter(({ depth }) => depths.includes(depth));
}

/** @param places By the index of a rule, its place among the patterns. */
function storedValue(
  all: StoredSecretRedirect,
  { indexes, path }: StoredGroup,
  places: readonly number[],
): string {
  const stored: StoredRedirects = {
    ...tableOf(all, indexes, path),
    places: indexes.map((index) => places[index] ?? 0),
  };
  return JSON.stringify(stored);
}

/** Some of the rules, with the responses and the tree that they have. */
function tableOf(
  { rules, responses, tree, logSampleRate }: StoredSecretRedirect,
  indexes: readonly number[],
  path: string,
): RedirectTable & { readonly indexes?: readonly number[] } {
  const some = indexes.map((index) => rules[index] as RedirectRule);
  const used = [...new Set(some.map(({ response }) => response))];
  return {
    rules: some.map((rule) => ({ ...rule, response: used.indexOf(rule.response) })),
    responses: used.map((index) => responses[index] as CompiledResponse),
    tree: treeAtPath(tree, path, new Map(indexes.map((index, number) => [index, number]))),
    ...(logSampleRate > 0 && { indexes }),
  };
}
