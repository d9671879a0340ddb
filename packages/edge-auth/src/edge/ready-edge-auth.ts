import type { ProtectedPaths } from "protected-paths";
import type { CompiledAuthRule, CompiledEdgeAuth } from "./compiled-edge-auth.ts";

/** Compiled options with their regular expressions. */
export interface ReadyEdgeAuth
  extends Pick<CompiledEdgeAuth, "ownHeaders">, ProtectedPaths<ReadyAuthRule> {}

/** A rule with its regular expressions. */
export interface ReadyAuthRule extends Omit<CompiledAuthRule, "paths"> {
  readonly paths: readonly RegExp[];
}

/** Returns compiled options with their regular expressions. */
export function readyEdgeAuth({ open, rules, ownHeaders }: CompiledEdgeAuth): ReadyEdgeAuth {
  return {
    open: open.map((source) => new RegExp(source)),
    rules: rules.map((rule) => ({
      ...rule,
      paths: rule.paths.map((source) => new RegExp(source, "i")),
    })),
    ownHeaders,
  };
}
