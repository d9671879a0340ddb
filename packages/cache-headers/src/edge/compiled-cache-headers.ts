/** What a response has to be, and the Cache-Control that it gets. */
export interface CompiledCacheRule {
  /** The option, as in `rules[0]`, `hashedNames`, `pages` or `errorTtlSeconds`. */
  readonly name: string;
  /** The source of a regular expression over the status. */
  readonly status: string;
  /** The source of a regular expression over the path. */
  readonly path?: string;
  /** The source of a regular expression over the Content-Type, without regard to case. */
  readonly type?: string;
  /** The same over the path, for a response that names no Content-Type. */
  readonly typePath?: string;
  readonly hashedNames?: true;
  readonly cacheControl: string;
  /** Whether a Cache-Control or Expires of the origin's stays. */
  readonly keepsOwn?: true;
  /**
   * What of an origin's own stays as it is. `private`: a response that says private or no-store, sets a cookie, or is
   * for a request with Authorization (RFC 9111, 3.5); `no-store`: one that says no-store.
   */
  readonly guards?: "private" | "no-store";
}

/** The tags of the objects of some paths. */
export interface CompiledCacheTags {
  /** The source of a regular expression over the path. */
  readonly path?: string;
  readonly tags: readonly string[];
}

/** The options as the handler reads them: plain JSON, nothing left to decide. */
export interface CompiledCacheHeaders {
  /** The first that a response meets decides. */
  readonly rules: readonly CompiledCacheRule[];
  /** The header of the tags as it is written; `null` where no object is tagged. */
  readonly cacheTagHeader: string | null;
  readonly cacheTags: readonly CompiledCacheTags[];
  /** The source of a regular expression over lower-case names; `null` for none. */
  readonly removeHeaders: string | null;
  /** What the options ask for, which synth compares with the cache policies; the handler does not read it. */
  readonly lifetimes: readonly CompiledLifetime[];
}

/** How long a rule lets CloudFront keep a response. */
export interface CompiledLifetime {
  readonly rule: string;
  /** A path that the rule is for, as far as its pattern says. */
  readonly examplePath?: string;
  /** Undefined for what CloudFront is not to keep. */
  readonly edgeTtlSeconds?: number;
  readonly staleSeconds?: number;
  /** The error statuses that it is for. */
  readonly errorStatuses?: readonly number[];
}
