import type { CompiledCacheHeaders, CompiledCacheRule } from "./compiled-cache-headers.ts";

/** A rule whose patterns are ready. */
export interface ReadyCacheRule extends Pick<
  CompiledCacheRule,
  "cacheControl" | "hashedNames" | "keepsOwn" | "guards"
> {
  readonly status: RegExp;
  readonly path: RegExp | null;
  readonly type: RegExp | null;
  readonly typePath: RegExp | null;
}

/** The options as a decision reads them: made once for each execution environment. */
export interface ReadyCacheHeaders {
  readonly rules: readonly ReadyCacheRule[];
  readonly cacheTagHeader: string | null;
  readonly cacheTags: readonly { readonly path: RegExp | null; readonly tags: readonly string[] }[];
  readonly removeHeaders: RegExp | null;
}

/** Makes the patterns of compiled options ready. */
export function readyCacheHeaders(compiled: CompiledCacheHeaders): ReadyCacheHeaders {
  return {
    rules: compiled.rules.map((rule) => ({
      ...rule,
      status: new RegExp(rule.status),
      path: ready(rule.path),
      type: ready(rule.type, "i"),
      typePath: ready(rule.typePath, "i"),
    })),
    cacheTagHeader: compiled.cacheTagHeader,
    cacheTags: compiled.cacheTags.map(({ path, tags }) => ({ path: ready(path), tags })),
    removeHeaders: ready(compiled.removeHeaders ?? undefined),
  };
}

function ready(source: string | undefined, flags?: string): RegExp | null {
  return source === undefined ? null : new RegExp(source, flags);
}
