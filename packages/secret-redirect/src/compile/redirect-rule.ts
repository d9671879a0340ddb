/** The statuses that redirect a viewer. */
export type RedirectStatus = 301 | 302 | 303 | 307 | 308;

/** One redirect: which requests, and whereto. */
export interface RedirectRule {
  /**
   * The path. `:name` stands for one segment, or for a part of one (`/:slug.html`); `*` at the end stands
   * for the rest, which may be empty.
   */
  readonly from: string;
  /**
   * Whereto: an absolute `http:` or `https:` URL, or a path on the same host, with `:name` for what a
   * placeholder captured and `:splat` for what `*` captured.
   */
  readonly to: string;
  /** @default 302 */
  readonly status?: RedirectStatus;
  /**
   * `exact`: `from` is one path, `:` and `*` mean themselves. `prefix`: that path and all below it; the
   * rest is appended to `to` unless `to` places it with `:splat`. `pattern`: `:name` and `*` as above.
   * @default - `pattern` where `from` has a placeholder or a splat, else `exact`
   */
  readonly match?: "exact" | "prefix" | "pattern";
  /**
   * What becomes of the request's query string. `keep`: it is passed on as it is, behind the target's
   * own. `merge`: it is passed on without the parameters that the target sets. `drop`: it is not.
   * @default - `merge` where the target has a query string, `keep` where it has none
   */
  readonly query?: "keep" | "merge" | "drop";
  /**
   * Whether a "/" at the end of the path makes no difference, or must be as in `from`.
   * @default "ignore"
   */
  readonly trailingSlash?: "ignore" | "strict";
  /** @default - by status: see `SecretRedirectOptions.cacheControl` */
  readonly cacheControl?: string;
  /**
   * What else must be true of the request; all of it must.
   * @default - nothing
   */
  readonly conditions?: RedirectConditions;
  /**
   * What the request must carry. The response is `no-store`; without it, or with a wrong one, the rule does
   * not exist.
   * @default - nothing
   */
  readonly token?: RedirectToken;
  /**
   * The hosts that a placeholder within the host of `to` may lead to.
   * @default - the host of `to` has no placeholder
   */
  readonly allowedHosts?: readonly string[];
  /**
   * Where the rule was written, for messages: `_redirects:12`.
   * @default - its place in `rules`
   */
  readonly source?: string;
}

/** A value, or several of which one is enough. */
export type OneOrMore = string | readonly string[];

/** Values by name: `true` for any value, `false` for its absence. */
export type NamedValues = Readonly<Record<string, OneOrMore | boolean>>;

/** What a rule asks of a request besides its path. */
export interface RedirectConditions {
  /** The viewer's host, in any letter case, without a port. @default - any */
  readonly host?: OneOrMore;
  /** The viewer's country, two letters as in `"DE"` (ISO 3166-1). @default - any */
  readonly country?: OneOrMore;
  /** The language that the viewer prefers: `"de"` holds for `de-AT` too. @default - any */
  readonly language?: OneOrMore;
  /** The method, upper case. @default - any */
  readonly method?: OneOrMore;
  /** Cookies by name, values percent-decoded. @default - any */
  readonly cookie?: NamedValues;
  /** Headers by name. @default - any */
  readonly header?: NamedValues;
  /**
   * Query parameters by name, values percent-decoded. A value `":name"` captures: any value holds, and
   * `to` may use it.
   * @default - any
   */
  readonly query?: NamedValues;
  /** When the rule is there. @default - always */
  readonly time?: RedirectTimeWindow;
}

/** A time window. At least one end is given; each is a date and time with its zone (ISO 8601). */
export interface RedirectTimeWindow {
  /** The first moment within. @default - since ever */
  readonly from?: string;
  /** The first moment after. @default - for ever */
  readonly until?: string;
}

/** A secret value that a request must carry. Only its SHA-256 is compiled. */
export interface RedirectToken {
  readonly in: "query" | "cookie" | "header";
  /** The name of the query parameter, cookie or header. */
  readonly name: string;
  /** The value, percent-decoded. This, or `sha256`. @default - `sha256` is given */
  readonly value?: string;
  /** The SHA-256 of the value (UTF-8), 64 hexadecimal digits. @default - computed from `value` */
  readonly sha256?: string;
}
