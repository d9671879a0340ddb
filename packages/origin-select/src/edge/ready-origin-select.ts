import type {
  CompiledOrigin,
  CompiledOriginRule,
  CompiledOriginSelect,
  CompiledSplit,
} from "./compiled-origin-select.ts";

/** A rule whose patterns are ready. */
export interface ReadyOriginRule extends Pick<
  CompiledOriginRule,
  "name" | "when" | "origin" | "prefix"
> {
  readonly host: RegExp | null;
  readonly path: RegExp | null;
  readonly regions: RegExp | null;
}

/** A split whose pattern is ready. */
export interface ReadySplit extends Omit<CompiledSplit, "path"> {
  readonly path: RegExp;
}

/** The part of the options that a decision reads: Lambda@Edge makes it ready once for each execution environment. */
export interface ReadyOriginSelect extends Pick<CompiledOriginSelect, "originOfHost" | "header"> {
  readonly origins: Readonly<Record<string, Pick<CompiledOrigin, "indexDocument">>>;
  readonly rules: readonly ReadyOriginRule[];
  readonly split: ReadySplit | null;
}

/** Makes the patterns of compiled options ready. */
export function readyOriginSelect(compiled: CompiledOriginSelect): ReadyOriginSelect {
  const { split } = compiled;
  return {
    originOfHost: compiled.originOfHost,
    header: compiled.header,
    origins: compiled.origins,
    rules: compiled.rules.map((rule) => ({
      ...rule,
      host: ready(rule.host),
      path: ready(rule.path),
      regions: ready(rule.regions),
    })),
    split: split && { ...split, path: new RegExp(split.path) },
  };
}

function ready(source: string | undefined): RegExp | null {
  return source === undefined ? null : new RegExp(source);
}
