import picomatch from "picomatch";
import { sensitiveKindOf } from "./sensitive-kind.ts";

/**
 * What a site publishes otherwise than by default. Globs are those of picomatch, of paths relative to the
 * site's folder; one that matches a folder stands for all that is in it. They match dotfiles, and case
 * counts.
 */
export interface SiteFileRules {
  /**
   * What is published though it looks as if it held secrets, as in `["downloads/*.sql"]`.
   * @default - nothing
   */
  readonly include?: readonly string[];
  /**
   * What is never published, as in `["drafts", "assets/*.map"]`; it wins over `include`.
   * @default - nothing
   */
  readonly exclude?: readonly string[];
}

/** The rules that leave nothing out. */
export const everyFile: SiteFileRules = { include: ["**"] };

/** What the rules say of a path. */
export type Verdict =
  | { readonly kind: "published" }
  /** By name, whatever is in it. */
  | { readonly kind: "included" }
  | { readonly kind: "excluded" }
  /** `path` is the entry that gave rise to it: the path itself or a folder above. */
  | { readonly kind: "sensitive"; readonly path: string; readonly reason: string };

/** The rules, ready to be asked. */
export interface CompiledRules {
  /** Whether something within a folder that is left out could be included. */
  readonly hasIncludes: boolean;
  verdictOf(path: string): Verdict;
}

export function compileRules({ include = [], exclude = [] }: SiteFileRules): CompiledRules {
  const options = { dot: true, nonegate: true };
  const isIncluded = picomatch([...include], options);
  const isExcluded = picomatch([...exclude], options);
  return {
    hasIncludes: include.length > 0,
    verdictOf(path) {
      const paths = withFoldersAbove(path);
      if (paths.some((each) => isExcluded(each))) return { kind: "excluded" };
      if (paths.some((each) => isIncluded(each))) return { kind: "included" };
      for (const each of paths) {
        const reason = sensitiveKindOf(each);
        if (reason !== undefined) return { kind: "sensitive", path: each, reason };
      }
      return { kind: "published" };
    },
  };
}

/** `a`, `a/b`, `a/b/c` of `a/b/c`. */
function withFoldersAbove(path: string): readonly string[] {
  const segments = path.split("/");
  return segments.map((_, index) => segments.slice(0, index + 1).join("/"));
}
