export {
  type CacheHeadersFinding,
  type CacheHeadersSurroundings,
  checkCacheHeaders,
} from "./check/check-cache-headers.ts";
export type {
  CacheHeadersOptions,
  CacheLifetime,
  CacheRule,
  CacheTagRule,
} from "./compile/cache-headers-options.ts";
export { compileCacheHeaders } from "./compile/compile-cache-headers.ts";
export { createCacheHeaders } from "./edge/cache-headers.ts";
export type {
  CompiledCacheHeaders,
  CompiledCacheRule,
  CompiledCacheTags,
  CompiledLifetime,
} from "./edge/compiled-cache-headers.ts";
export {
  type CacheHeadersExplanation,
  type CacheResponse,
  explainCacheHeaders,
} from "./explain/explain-cache-headers.ts";
export {
  CacheHeadersOptionsError,
  type CacheHeadersOptionsErrorCode,
} from "./cache-headers-options-error.ts";
