/** Headers by lower-case name, as an engine has them. */
export type HeadersOf<Header> = Readonly<Record<string, Header>>;

/**
 * What is taken away where it has the value, by lower-case name. That is how a header is recognized that a response
 * headers policy has set, before the function, on a response that is none of its own.
 */
export type DroppedHeaders = Readonly<Record<string, string>>;

/** What is done to the headers of the responses for a path. What there is none of is `null`. */
export interface ReadyRule<Header, Names> {
  /** Set in place of what the response has. */
  readonly replace: HeadersOf<Header>;
  /** The same on documents only. */
  readonly replaceOnDocuments: HeadersOf<Header> | null;
  /** Set where the response has none of the name. */
  readonly keep: HeadersOf<Header> | null;
  /** The same on documents only. */
  readonly keepOnDocuments: HeadersOf<Header> | null;
  /** Lower-case names of what is taken away in any case, as the engine looks them up. */
  readonly remove: Names | null;
  /** What documents lose. */
  readonly dropFromDocuments: DroppedHeaders | null;
  /** What all others lose. */
  readonly dropFromOthers: DroppedHeaders | null;
}

/** The options as a decision reads them: Lambda@Edge makes them ready once for each execution environment. */
export interface ReadySecurityHeaders<Header, Names> {
  /** For a document's Content-Type; `null` where each response counts as a document. */
  readonly documentType: RegExp | null;
  /** Where no path override matches. */
  readonly byDefault: ReadyRule<Header, Names>;
  /** One for each path override. */
  readonly rules: readonly ReadyRule<Header, Names>[];
  /** The rules of single paths: a site may have an override for each page. */
  readonly paths: Readonly<Record<string, number>>;
  /** The rules of patterns, in their order. */
  readonly patterns: readonly (readonly [pattern: RegExp, rule: number])[];
}
