/** Headers by lower-case name, as an engine has them. */
export type HeadersOf<Header> = Readonly<Record<string, Header>>;

/** What is done to the headers of one response. */
export interface HeaderChanges<Header> {
  /** Set in place of what the response has. */
  readonly replace: HeadersOf<Header>;
  /** Set where the response has none of the name; `null` where there are none. */
  readonly keep: HeadersOf<Header> | null;
  /**
   * What is taken away, by lower-case name: in any case, or where it has the value given. That is how a
   * header is recognized that a response headers policy has set, before the function, on a response that
   * is none of its own. `null` where nothing is.
   */
  readonly drop: Readonly<Record<string, string | true>> | null;
}

/** What is done to documents and to any other response. */
export interface ReadyRule<Header> {
  readonly document: HeaderChanges<Header>;
  readonly other: HeaderChanges<Header>;
}

/** The options as a decision reads them: Lambda@Edge makes them ready once for each execution environment. */
export interface ReadySecurityHeaders<Header> {
  /** For a document's Content-Type; `null` where each response counts as a document. */
  readonly documentType: RegExp | null;
  /** Where no path override matches. */
  readonly byDefault: ReadyRule<Header>;
  /** One for each path override. */
  readonly rules: readonly ReadyRule<Header>[];
  /** The rules of single paths: a site may have an override for each page. */
  readonly paths: Readonly<Record<string, number>>;
  /** The rules of patterns, in their order. */
  readonly patterns: readonly (readonly [pattern: RegExp, rule: number])[];
}
